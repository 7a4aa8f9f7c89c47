import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindAccessRequestApproval } from './approve-access-request.ts'
import { bindAccessRequestReads } from './read-access-requests.ts'
import { bindAccessRequests } from './request-access.ts'
import { bindAccessRequestSettling } from './settle-access-request.ts'

/** Everything about asking for access, and answering that. */
export function bindAccessRequesting(bind: Bind, deps: AppDeps): void {
  bindAccessRequestReads(bind, deps)
  bindAccessRequests(bind, deps)
  bindAccessRequestApproval(bind, deps)
  bindAccessRequestSettling(bind, deps)
}
