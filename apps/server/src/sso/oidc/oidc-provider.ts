/** A customer's OpenID Connect provider, as the customer's administrator named it. */
export interface OidcProvider {
  /** The connection, and with it the one address to which this provider sends people back. */
  readonly connection: string
  /** To the letter as the provider calls itself. */
  readonly issuer: string
  readonly clientId: string
  /** Left out for a public client, which has PKCE alone. */
  readonly clientSecret?: string | undefined
  /** Asked for besides `openid`, `email` and `profile`. */
  readonly scopes: readonly string[]
}

/** How a token may be signed. A secret that both sides know signs nothing here, and neither does nobody. */
export const acceptedAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const

/** Seconds by which the provider's clock may differ from the database's. */
export const clockTolerance = 60

/** Where the provider of a connection sends people back to: an address of its own, so that no other can be mixed in. */
export function redirectUriOf(publicUrl: string, connection: string): string {
  return `${publicUrl}/sso/${connection}/callback`
}
