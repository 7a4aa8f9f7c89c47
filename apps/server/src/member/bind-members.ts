import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindBulkChanges } from './change-many.ts'
import { bindMemberChanges } from './change-members.ts'
import { bindMemberConversion } from './convert-member.ts'
import { bindMemberCreation } from './create-member.ts'
import { bindMemberExport } from './export-members.ts'
import { bindMemberAccess } from './read-access.ts'
import { bindAccessMatrix } from './read-matrix.ts'
import { bindMemberReads } from './read-members.ts'
import { bindMemberRemoval } from './remove-members.ts'
import { bindMemberSessions } from './member-sessions.ts'
import { bindCredentialResets } from './reset-credentials.ts'

/** Everything about the people of an account. */
export function bindMembers(bind: Bind, deps: AppDeps): void {
  bindMemberReads(bind, deps)
  bindMemberExport(bind, deps)
  bindMemberAccess(bind, deps)
  bindAccessMatrix(bind, deps)
  bindMemberCreation(bind, deps)
  bindMemberChanges(bind, deps)
  bindBulkChanges(bind, deps)
  bindMemberConversion(bind, deps)
  bindMemberRemoval(bind, deps)
  bindMemberSessions(bind, deps)
  bindCredentialResets(bind, deps)
}
