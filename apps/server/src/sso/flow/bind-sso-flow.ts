import type { AppDeps } from '../../app-deps.ts'
import type { Bind } from '../../http/bind.ts'
import { knownProviders } from '../oidc/known-providers.ts'
import { bindDepartures } from './bind-departures.ts'
import { bindIdentities } from './bind-identities.ts'
import { bindSaml } from './bind-saml.ts'
import { bindSignInStart } from './start-sign-in.ts'
import { bindOidcCallback } from './bind-oidc-callback.ts'

/** The way to an identity provider and back. */
export function bindSsoFlow(bind: Bind, deps: AppDeps): void {
  const sso = { ...deps, providers: knownProviders(deps.outside, () => performance.now()) }
  bindSignInStart(bind, sso)
  bindDepartures(bind, sso)
  bindOidcCallback(bind, sso)
  bindSaml(bind, sso)
  bindIdentities(bind, sso)
}
