/** What a connection knows of its customer's identity provider. */
export interface IdentityProvider {
  readonly entityId: string
  /** Where a browser is sent with a request, by redirect. */
  readonly signOnUrl: string
  /** The certificates that it may sign with, as PEM: several while it changes from one to the next. */
  readonly certificates: readonly string[]
  readonly wantsSignedRequests: boolean
}

/** Keyholder as one connection's identity provider sees it: each connection has names of its own. */
export interface ServiceProvider {
  readonly entityId: string
  /** Where answers are posted to. */
  readonly acsUrl: string
}

/** The names under which Keyholder is known to the identity provider of one connection. */
export function serviceProviderOf(publicUrl: string, connection: string): ServiceProvider {
  const base = `${publicUrl}/sso/${connection}`
  return { entityId: `${base}/metadata`, acsUrl: `${base}/acs` }
}
