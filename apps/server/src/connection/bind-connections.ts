import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindOfferAnswers } from './answer-offer.ts'
import { bindStateChanges } from './change-state.ts'
import { bindTermChanges } from './change-terms.ts'
import { bindConnectionProposal } from './propose-connection.ts'
import { bindConnectionReads } from './read-connections.ts'
import { bindDelegateReads } from './read-delegates.ts'

/** Everything about connections, for both of their sides. */
export function bindConnections(bind: Bind, deps: AppDeps): void {
  bindConnectionReads(bind, deps)
  bindDelegateReads(bind, deps)
  bindConnectionProposal(bind, deps)
  bindOfferAnswers(bind, deps)
  bindTermChanges(bind, deps)
  bindStateChanges(bind, deps)
}
