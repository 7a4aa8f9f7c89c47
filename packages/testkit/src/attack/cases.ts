import type { Arena } from './arena.ts'
import { accessCases } from './cases/access-cases.ts'
import { accountCases } from './cases/account-cases.ts'
import type { AttackCases, Sender } from './cases/attack-case.ts'
import { ownCases } from './cases/own-cases.ts'
import { outsiderCases } from './cases/outsider-cases.ts'
import { peopleCases } from './cases/people-cases.ts'
import { ssoCases } from './cases/sso-cases.ts'
import { ssoFlowCases } from './cases/sso-flow-cases.ts'
import { supportCases } from './cases/support-cases.ts'
import { accessRequestCases } from './cases/access-request-cases.ts'
import type { IdSlot, Operation } from './operations.ts'
import { overlay, sampleRequest, type SampledRequest } from './sample-request.ts'

/** What has to be said of an endpoint beyond its declaration, by its id; of most there is nothing to say. */
export const attackCases: AttackCases = {
  ...accessCases,
  ...accountCases,
  ...peopleCases,
  ...supportCases,
  ...accessRequestCases,
  ...ssoCases,
  ...ssoFlowCases,
  ...outsiderCases,
  ...ownCases,
}

export interface ValidRequest {
  readonly as: Sender
  readonly request: SampledRequest
  /** How many changes it makes. */
  readonly events: number
}

/** Requests that are carried out, in this order, when they are sent in an untouched account. */
export function validRequests(operation: Operation, arena: Arena): readonly ValidRequest[] {
  const sampled = sampleRequest(operation, arena)
  const wanted = attackCases[operation.id]?.requests?.(arena) ?? [{}]
  return wanted.map(({ as = usualSender(operation), events = 1, ...rest }) => ({
    as,
    events,
    request: overlay(sampled, rest),
  }))
}

function usualSender({ access }: Operation): Sender {
  if (access === 'public') return 'nobody'
  if (access.endsWith('session')) return 'session'
  return access === 'deployment' ? 'operator' : 'superuser'
}

/** Every place in which an operation's request names something, declared or told by its case. */
export function slotsToAttack({ id, slots }: Operation): readonly IdSlot[] {
  const told = Object.entries(attackCases[id]?.also ?? {}).map(([place, names]) => {
    const [part = '', at = ''] = place.split(':')
    return { in: part as IdSlot['in'], at, names }
  })
  const forEverybody = attackCases[id]?.forEverybody ?? []
  return [...slots, ...told].filter((slot) => !forEverybody.includes(`${slot.in}:${slot.at}`))
}
