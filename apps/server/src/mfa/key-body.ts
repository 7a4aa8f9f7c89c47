import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** Leaves out what a request left out or said nothing in, as the library expects it. */
function said<Fields extends object>(fields: Fields): { [Name in keyof Fields]: NonNullable<Fields[Name]> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(entries) as { [Name in keyof Fields]: NonNullable<Fields[Name]> }
}

interface KeyBody {
  readonly id: string
  readonly rawId: string
  readonly type: 'public-key'
  readonly response: object
}

/** A signature as the contract reads it, for the library. */
export function keyAnswer({ id, rawId, type, response }: KeyBody): AuthenticationResponseJSON {
  const signed = said(response) as AuthenticationResponseJSON['response']
  return { id, rawId, type, response: signed, clientExtensionResults: {} }
}

/** A new key as the contract reads it, for the library. */
export function newKeyAnswer({ id, rawId, type, response }: KeyBody): RegistrationResponseJSON {
  const made = said(response) as RegistrationResponseJSON['response']
  return { id, rawId, type, response: made, clientExtensionResults: {} }
}
