import type { GrantId, KeyId, OrganizationId, UserId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import { stateOf, type AccessRequest, type AccessRequestState, type WantedPlace } from './access-request.ts'

/** Who answers a request: themself, and the person whose power they use, where it is a key. */
export interface Answerer {
  readonly id: UserId | KeyId
  readonly person?: UserId | undefined
}

export type SettleRefusal =
  | { readonly code: 'access_request_settled'; readonly requestState: AccessRequestState }
  /** Nobody answers their own request, by whatever way they come. */
  | { readonly code: 'own_access_request' }

export type ApproveRefusal =
  | SettleRefusal
  /** The request says in words what it is for, and the answer does not say which organization that is. */
  | { readonly code: 'access_request_place_needed' }

/** The place that an approval is for; `null` is the whole account. */
export type ApprovedPlace = OrganizationId | null

/**
 * Where an approval gives access: where whoever approves says, or else where the request asks for it.
 *
 * Never over the whole account for want of words: that has to be asked for, or said.
 */
export function placeOfApproval(
  place: WantedPlace,
  said: ApprovedPlace | undefined,
): Result<ApprovedPlace, { readonly code: 'access_request_place_needed' }> {
  if (said !== undefined) return succeed(said)
  if (place.kind === 'words') return refuse({ code: 'access_request_place_needed' })
  return succeed(place.kind === 'organization' ? place.organization : null)
}

/** Approves a request; the grant that comes of it is judged as its approver's. */
export function approveRequest(
  request: AccessRequest,
  by: Answerer,
  answer: { readonly now: number; readonly grant: GrantId; readonly text?: string | undefined },
): Result<AccessRequest, SettleRefusal> {
  const refusal = refusalOf(request, by)
  if (refusal) return refuse(refusal)
  const { now: at, grant, text } = answer
  return succeed({ ...request, settled: { state: 'approved', at, by: by.id, grant, answer: text } })
}

/** Declines a request, with a reason that the person reads. */
export function declineRequest(
  request: AccessRequest,
  by: Answerer,
  answer: { readonly now: number; readonly text?: string | undefined },
): Result<AccessRequest, SettleRefusal> {
  const refusal = refusalOf(request, by)
  if (refusal) return refuse(refusal)
  return succeed({
    ...request,
    settled: { state: 'declined', at: answer.now, by: by.id, answer: answer.text },
  })
}

/** Takes one's own request back. */
export function withdrawRequest(
  request: AccessRequest,
  now: number,
): Result<AccessRequest, Extract<SettleRefusal, { code: 'access_request_settled' }>> {
  if (request.settled) return refuse({ code: 'access_request_settled', requestState: stateOf(request) })
  return succeed({ ...request, settled: { state: 'withdrawn', at: now, by: request.user } })
}

function refusalOf(request: AccessRequest, { id, person }: Answerer): SettleRefusal | undefined {
  if (id === request.user || person === request.user) return { code: 'own_access_request' }
  if (request.settled) return { code: 'access_request_settled', requestState: stateOf(request) }
  return undefined
}
