import { createHash } from 'node:crypto'

/** What ties a callback to the browser, the request and the code that belong together. */
export interface OidcFlow {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/**
 * The three values of one sign-in, made from the secret that only the browser keeps.
 *
 * Another browser has another secret, and with it no state that fits; and what is stored, the secret's hash, gives none
 * of the three away.
 */
export function flowOf(secret: string): OidcFlow {
  return {
    state: derived('state', secret),
    nonce: derived('nonce', secret),
    codeVerifier: derived('code_verifier', secret),
  }
}

function derived(purpose: string, secret: string): string {
  return createHash('sha256').update(`keyholder oidc ${purpose}\n${secret}`).digest('base64url')
}
