import { openOutside } from '../../outgoing/outside.ts'
import { readAllowedPlaces } from '../../outgoing/allowed-places.ts'
import { beginOidc, type OidcRequest } from './begin-oidc.ts'
import { discoverProvider, type ProviderMetadata } from './discover.ts'
import { finishOidc, type OidcCallback } from './finish-oidc.ts'
import { flowOf } from './oidc-flow.ts'
import { redirectUriOf, type OidcProvider } from './oidc-provider.ts'

/** The way outside, with this machine allowed, where the scripted providers are. */
export const outside = openOutside({
  allowed: readAllowedPlaces('127.0.0.1') ?? { hosts: new Set(), ranges: [] },
  longest: 60_000,
})

export function providerAt(issuer: string, change: Partial<OidcProvider> = {}): OidcProvider {
  return {
    connection: 'sso_acme',
    issuer,
    clientId: 'keyholder',
    clientSecret: 's3cret',
    scopes: [],
    ...change,
  }
}

/** One browser on its way to a provider and back. */
export interface Journey {
  readonly url: string
  readonly callback: Omit<OidcCallback, 'query'>
}

export async function discovered(provider: OidcProvider): Promise<ProviderMetadata> {
  const found = await discoverProvider(outside, provider.issuer)
  if (!found.ok) throw new Error(found.refusal.detail)
  return found.value
}

/** Sends a browser with this secret on its way. */
export async function setOut(
  provider: OidcProvider,
  { secret = 'of one browser', ...request }: Partial<OidcRequest> & { readonly secret?: string } = {},
): Promise<Journey> {
  const flow = flowOf(secret)
  const redirectUri = redirectUriOf('https://access.example.com', provider.connection)
  return {
    url: await beginOidc(provider, await discovered(provider), flow, { redirectUri, ...request }),
    callback: { connection: provider.connection, flow, redirectUri, reauthenticate: request.reauthenticate },
  }
}

/** Takes the address that a browser came back to, with what it was sent away with. */
export async function comeBack(
  provider: OidcProvider,
  journey: Pick<Journey, 'callback'>,
  back: URL,
  now = new Date(),
) {
  const callback = { ...journey.callback, query: back.search }
  return finishOidc(provider, await discovered(provider), callback, { outside, now })
}
