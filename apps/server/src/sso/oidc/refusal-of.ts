import { AuthorizationResponseError, ResponseBodyError } from 'openid-client'
import { OutsideRefused } from './outside-fetch.ts'
import type { OidcRefusal } from './oidc-refusal.ts'

/** What an error that came up at a step of the protocol means. Whatever is not known refuses just as well. */
export function refusalOf(error: unknown, step: OidcRefusal['reason']): OidcRefusal {
  const outside = causesOf(error).find((cause) => cause instanceof OutsideRefused)
  if (outside) return refusal('unreachable', outside.fault)
  if (error instanceof AuthorizationResponseError)
    return refusal('provider_refused', protocolWord(error.error))
  if (error instanceof ResponseBodyError) return refusal('code_refused', protocolWord(error.error))

  return refusal(step, causesOf(error).map(describe).join(': ').slice(0, 300))
}

function refusal(reason: OidcRefusal['reason'], detail: string): OidcRefusal {
  return { code: 'sso_refused', reason, detail }
}

/** An error code of the protocol looks like this; anything else is text that somebody wants to see in our log. */
function protocolWord(text: string): string {
  return /^[a-z_]{1,64}$/.test(text) ? text : 'unknown'
}

function causesOf(error: unknown): readonly Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

/** The library's messages are constants; which claim it was stands beside them. */
function describe(error: Error): string {
  const { cause } = error as { cause?: unknown }
  const claim = typeof cause === 'object' && cause !== null && 'claim' in cause ? cause.claim : undefined
  return typeof claim === 'string' ? `${error.message} (${protocolWord(claim)})` : error.message
}
