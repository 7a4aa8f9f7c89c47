import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindAccessRequestAnswers } from './answer-access-request.ts'
import { bindAccessRequestReads } from './read-access-requests.ts'
import { bindAccessRequests } from './request-access.ts'

/** Everything about asking for access, and answering that. */
export function bindAccessRequesting(bind: Bind, deps: AppDeps): void {
  bindAccessRequestReads(bind, deps)
  bindAccessRequests(bind, deps)
  bindAccessRequestAnswers(bind, deps)
}
