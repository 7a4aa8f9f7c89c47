import type { AppDeps } from '../../app-deps.ts'
import type { Bind } from '../../http/bind.ts'
import { bindSsoConnectionChanges } from './change-connections.ts'
import { bindSsoRules } from './change-rules.ts'
import { bindSsoDomains } from './manage-domains.ts'
import { bindSsoReads } from './read-connections.ts'
import { bindSsoSwitch } from './switch-connections.ts'

/** How an account says who speaks for its people. */
export function bindSsoManagement(bind: Bind, deps: AppDeps): void {
  bindSsoReads(bind, deps)
  bindSsoConnectionChanges(bind, deps)
  bindSsoSwitch(bind, deps)
  bindSsoRules(bind, deps)
  bindSsoDomains(bind, deps)
}
