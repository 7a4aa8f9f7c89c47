import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clockSkew,
  clockTolerance as tolerance,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  None,
  type ClientAuth,
} from 'openid-client'
import type { Outside } from '../../outgoing/outside.ts'
import { withoutTls, type ProviderMetadata } from './discover.ts'
import { clockTolerance, type OidcProvider } from './oidc-provider.ts'
import { outsideFetch } from './outside-fetch.ts'

export interface ClientSurroundings {
  readonly outside: Outside
  /** The database's time, which tokens are held against. */
  readonly now: Date
}

/**
 * Keyholder as the client of one provider, for one step: nothing is kept from one sign-in to the next, keys included.
 *
 * INVARIANT: signatures are verified although tokens come straight from the provider; TLS alone is not enough where one
 * reverse proxy speaks for several.
 */
export function clientOf(
  provider: OidcProvider,
  metadata: ProviderMetadata,
  surroundings?: ClientSurroundings,
): Configuration {
  const client = new Configuration(
    metadata,
    provider.clientId,
    { [tolerance]: clockTolerance, [clockSkew]: surroundings ? skewOf(surroundings.now) : 0 },
    authenticationOf(provider, metadata),
  )
  if (withoutTls(metadata.issuer)) allowInsecureRequests(client)
  enableNonRepudiationChecks(client)
  if (surroundings) client[customFetch] = outsideFetch(surroundings.outside)
  return client
}

/** Seconds by which this machine's clock, which the library reads, is behind the database's. */
function skewOf(now: Date): number {
  return Math.round((now.getTime() - Date.now()) / 1000)
}

function authenticationOf({ clientSecret }: OidcProvider, metadata: ProviderMetadata): ClientAuth {
  if (clientSecret === undefined) return None()
  // In a header the secret is encoded in a way that not every provider undoes, so the form is preferred where it is
  // taken. A provider that does not say takes the header.
  const offered = metadata.token_endpoint_auth_methods_supported ?? []
  return offered.includes('client_secret_post')
    ? ClientSecretPost(clientSecret)
    : ClientSecretBasic(clientSecret)
}
