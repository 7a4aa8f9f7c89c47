import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindGroupMemberChanges } from './change-group-members.ts'
import { bindGroupChanges } from './change-groups.ts'
import { bindGroupReads } from './read-groups.ts'

/** Everything about the groups of an account. */
export function bindGroups(bind: Bind, deps: AppDeps): void {
  bindGroupReads(bind, deps)
  bindGroupChanges(bind, deps)
  bindGroupMemberChanges(bind, deps)
}
