import { describe, expect, test } from 'vitest'
import type { AccessRequestId, AccountId, GrantId, KeyId, OrganizationId, UserId } from '../id.ts'
import {
  mostOpenRequests,
  requestAccess,
  stateOf,
  type AccessRequest,
  type WantedPlace,
} from './access-request.ts'
import { approveRequest, declineRequest, placeOfApproval, withdrawRequest } from './settle-access-request.ts'

const noon = Date.UTC(2026, 0, 1, 12)
const rome = 'org_rome' as OrganizationId
const nora = 'usr_nora' as UserId
const ada = { id: 'usr_ada' as UserId }
const inRome: WantedPlace = { kind: 'organization', organization: rome }
const inWords = (words: string): WantedPlace => ({ kind: 'words', words })

function request(change: Partial<AccessRequest> = {}): AccessRequest {
  return {
    id: 'arq_1' as AccessRequestId,
    account: 'acc_acme' as AccountId,
    user: nora,
    place: inRome,
    message: 'For the move',
    createdAt: noon,
    ...change,
  }
}

describe('asking for access', () => {
  test.each([
    { why: 'nothing else is open', open: [] },
    { why: 'another place is asked for', open: [request({ place: { kind: 'account' } })] },
    { why: 'the same was asked for in other words', open: [request({ place: inWords('rome') })] },
  ])('is done where $why', ({ open }) => {
    expect(requestAccess(request(), open)).toEqual({ ok: true, value: request() })
  })

  test.each([
    { place: inRome, open: inRome },
    { place: { kind: 'account' } as const, open: { kind: 'account' } as const },
    { place: inWords('The office in  Rome'), open: inWords(' the OFFICE in rome') },
  ])('twice for one place is refused: $place', ({ place, open }) => {
    const first = request({ id: 'arq_0' as AccessRequestId, place: open })

    expect(requestAccess(request({ place }), [first])).toEqual({
      ok: false,
      refusal: { code: 'access_request_open', request: 'arq_0' },
    })
  })

  test('for very many places at a time is refused', () => {
    const open = Array.from({ length: mostOpenRequests }, (_, place) =>
      request({ place: inWords(`${place}`) }),
    )

    expect(requestAccess(request(), open.slice(1))).toMatchObject({ ok: true })
    expect(requestAccess(request(), open)).toEqual({
      ok: false,
      refusal: { code: 'access_requests_too_many', most: mostOpenRequests },
    })
  })
})

describe('the place of an approval', () => {
  test.each([
    { place: inRome, said: undefined, is: rome },
    { place: inRome, said: 'org_oslo' as OrganizationId, is: 'org_oslo' },
    { place: inRome, said: null, is: null },
    { place: { kind: 'account' } as const, said: undefined, is: null },
    { place: inWords('Rome, please'), said: rome, is: rome },
  ])('is what is said, else what is asked for: $said for $place', ({ place, said, is }) => {
    expect(placeOfApproval(place, said)).toEqual({ ok: true, value: is })
  })

  test('is not the whole account only because words do not tell', () => {
    expect(placeOfApproval(inWords('Rome, please'), undefined)).toEqual({
      ok: false,
      refusal: { code: 'access_request_place_needed' },
    })
  })
})

const answer = { now: noon + 1, grant: 'grt_1' as GrantId, text: 'For a week' }

describe('answering a request', () => {
  test('approves it with the grant that it became', () => {
    expect(approveRequest(request(), ada, answer)).toMatchObject({
      value: {
        settled: { state: 'approved', by: ada.id, grant: 'grt_1', at: noon + 1, answer: 'For a week' },
      },
    })
  })

  test('declines it with a reason', () => {
    expect(declineRequest(request(), ada, answer)).toMatchObject({
      value: { settled: { state: 'declined', by: ada.id, answer: 'For a week' } },
    })
  })

  test.each([
    { who: 'the person', by: { id: nora } },
    { who: 'a key that the person made', by: { id: 'key_1' as KeyId, person: nora } },
  ])('is not for $who who asks', ({ by }) => {
    const refusal = { ok: false, refusal: { code: 'own_access_request' } }

    expect(approveRequest(request(), by, answer)).toEqual(refusal)
    expect(declineRequest(request(), by, answer)).toEqual(refusal)
  })

  test('takes it back, by whoever asked', () => {
    const withdrawn = withdrawRequest(request(), noon + 1)

    expect(withdrawn).toMatchObject({ value: { settled: { state: 'withdrawn', by: nora } } })
    expect(withdrawn.ok && stateOf(withdrawn.value)).toBe('withdrawn')
  })

  test.each([
    approveRequest(request(), ada, answer),
    declineRequest(request(), ada, answer),
    withdrawRequest(request(), noon),
  ])('happens once', (first) => {
    if (!first.ok) throw new Error('the first answer counts')
    const requestState = stateOf(first.value)
    const refusal = { ok: false, refusal: { code: 'access_request_settled', requestState } }

    expect(approveRequest(first.value, ada, answer)).toEqual(refusal)
    expect(declineRequest(first.value, ada, answer)).toEqual(refusal)
    expect(withdrawRequest(first.value, noon)).toEqual(refusal)
  })
})
