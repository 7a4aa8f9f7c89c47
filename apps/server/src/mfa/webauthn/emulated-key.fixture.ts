import { createHash, createPrivateKey, sign } from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import {
  AuthenticatorEmulator,
  PasskeysCredentialsMemoryRepository,
  WebAuthnEmulator,
  type AuthenticatorParameters,
} from 'nid-webauthn-emulator'

/** What a forger changes of an honest answer; it is signed again afterwards, with the key of the token. */
export interface Forgery {
  readonly clientData?: Readonly<Record<string, unknown>>
  /** Of the relying party. */
  readonly host?: string
  readonly flags?: (flags: number) => number
  readonly signCount?: number
  /** In place of the right one. */
  readonly signature?: Buffer
  readonly id?: string
  readonly userHandle?: string | undefined
  readonly type?: string
}

export const flag = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, backedUp: 0x10 } as const

/** A token in somebody's hand, whose answers can be forged. */
export class EmulatedKey {
  readonly #store = new PasskeysCredentialsMemoryRepository()
  readonly #browser: WebAuthnEmulator
  readonly #origin: string

  constructor(origin: string, settings: Partial<AuthenticatorParameters> = {}) {
    this.#origin = origin
    this.#browser = new WebAuthnEmulator(
      new AuthenticatorEmulator({ ...settings, credentialsRepository: this.#store }),
    )
  }

  /** An honest answer. */
  create(options: PublicKeyCredentialCreationOptionsJSON): RegistrationResponseJSON {
    return this.#browser.createJSON(this.#origin, options)
  }

  /** An honest answer. */
  get(options: PublicKeyCredentialRequestOptionsJSON): AuthenticationResponseJSON {
    return this.#browser.getJSON(this.#origin, options)
  }

  /** An answer that differs in one thing from an honest one, and is signed by the real key. */
  forge(options: PublicKeyCredentialRequestOptionsJSON, forgery: Forgery): AuthenticationResponseJSON {
    const honest = this.get(options)
    const clientData = changedClientData(honest.response.clientDataJSON, forgery)
    const authData = changedAuthData(Buffer.from(honest.response.authenticatorData, 'base64url'), forgery)
    const signature = forgery.signature ?? this.#sign(authData, clientData)
    const id = forgery.id ?? honest.id
    const userHandle = 'userHandle' in forgery ? forgery.userHandle : honest.response.userHandle
    return {
      ...honest,
      id,
      rawId: id,
      type: (forgery.type ?? 'public-key') as 'public-key',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(userHandle !== undefined && { userHandle }),
      },
    }
  }

  #sign(authData: Buffer, clientData: Buffer): Buffer {
    const [stored] = this.#store.loadCredentials()
    if (stored === undefined) throw new Error('The token holds no key.')
    const key = createPrivateKey({
      key: Buffer.from(stored.publicKeyCredentialSource.privateKey),
      format: 'der',
      type: 'pkcs8',
    })
    const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
    return sign(digest, Buffer.concat([authData, createHash('sha256').update(clientData).digest()]), key)
  }
}

/** A new key's answer with other client data or authenticator data; without attestation nothing of it is signed. */
export function forgeNewKey(
  honest: RegistrationResponseJSON,
  forgery: Pick<Forgery, 'clientData' | 'host' | 'flags'> & {
    readonly replace?: readonly [hex: string, by: string]
  },
): RegistrationResponseJSON {
  const attestation = Buffer.from(honest.response.attestationObject, 'base64url')
  const marker = Buffer.from('authData')
  const at = attestation.indexOf(marker) + marker.length
  const head = attestation[at] === 0x58 ? 2 : 3
  const authData = changedAuthData(attestation.subarray(at + head), forgery)
  const changed = Buffer.concat([attestation.subarray(0, at + head), authData]).toString('hex')
  const [from, by] = forgery.replace ?? ['', '']
  if (!changed.includes(from)) throw new Error(`The answer does not hold ${from}.`)
  return {
    ...honest,
    response: {
      ...honest.response,
      clientDataJSON: changedClientData(honest.response.clientDataJSON, forgery).toString('base64url'),
      attestationObject: Buffer.from(changed.replace(from, by), 'hex').toString('base64url'),
    },
  }
}

function changedClientData(honest: string, { clientData }: Pick<Forgery, 'clientData'>): Buffer {
  const data = JSON.parse(Buffer.from(honest, 'base64url').toString()) as object
  return Buffer.from(JSON.stringify({ ...data, ...clientData }))
}

function changedAuthData(honest: Buffer, { host, flags, signCount }: Forgery): Buffer {
  const data = Buffer.from(honest)
  if (host !== undefined) createHash('sha256').update(host).digest().copy(data)
  if (flags !== undefined) data.writeUInt8(flags(data.readUInt8(32)), 32)
  if (signCount !== undefined) data.writeUInt32BE(signCount, 33)
  return data
}
