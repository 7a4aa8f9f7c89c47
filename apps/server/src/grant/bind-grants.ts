import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindRoleBindings } from './bind-role.ts'
import { bindGrantChanges } from './change-grants.ts'
import { bindGrantReads } from './read-grants.ts'

/** Everything about grants. */
export function bindGrants(bind: Bind, deps: AppDeps): void {
  bindGrantReads(bind, deps)
  bindGrantChanges(bind, deps)
  bindRoleBindings(bind, deps)
}
