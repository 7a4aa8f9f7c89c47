import { buildAuthorizationUrl, calculatePKCECodeChallenge } from 'openid-client'
import { clientOf } from './client-of.ts'
import type { ProviderMetadata } from './discover.ts'
import type { OidcFlow } from './oidc-flow.ts'
import type { OidcProvider } from './oidc-provider.ts'

export interface OidcRequest {
  readonly redirectUri: string
  /** What the person typed as their e-mail, to save them typing it again. */
  readonly loginHint?: string | undefined
  /** The person is to prove anew who they are, even where the provider still knows them. */
  readonly reauthenticate?: boolean | undefined
}

/** The address at the provider to which the browser goes to sign in. */
export async function beginOidc(
  provider: OidcProvider,
  metadata: ProviderMetadata,
  flow: OidcFlow,
  request: OidcRequest,
): Promise<string> {
  const url = buildAuthorizationUrl(clientOf(provider, metadata), {
    redirect_uri: request.redirectUri,
    scope: [...new Set(['openid', 'email', 'profile', ...provider.scopes])].join(' '),
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await calculatePKCECodeChallenge(flow.codeVerifier),
    code_challenge_method: 'S256',
    ...(request.loginHint === undefined ? {} : { login_hint: request.loginHint }),
    ...(request.reauthenticate ? { prompt: 'login', max_age: '0' } : {}),
  })
  return url.href
}
