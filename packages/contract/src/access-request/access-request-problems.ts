import type { ApproveRefusal, RequestAccessRefusal } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

type RefusalCode = RequestAccessRefusal['code'] | ApproveRefusal['code'] | 'access_request_members_only'

export const accessRequestProblems = {
  access_request_members_only: {
    status: 403,
    title: 'Only a member of the account asks for access',
    detail:
      'A user or an external user asks for themselves; no key does it, and nobody who comes by a connection.',
  },
  access_request_open: {
    status: 409,
    title: 'You have asked for this already',
    detail: 'The request `request` waits for an answer; withdraw it to ask otherwise.',
  },
  access_requests_too_many: {
    status: 409,
    title: 'Too many of your requests wait for an answer',
    detail: 'At most `most` can be open; withdraw one first.',
  },
  access_request_settled: {
    status: 409,
    title: 'This request was already answered',
    detail: 'Nothing was changed; `request_state` is how it stands.',
  },
  own_access_request: {
    status: 403,
    title: 'Nobody answers their own request',
    detail: 'Somebody else who may give roles there has to; you can withdraw it.',
  },
  access_request_place_needed: {
    status: 422,
    title: 'Say which organization is meant',
    detail: 'The request names its place in words; send `organization`, or null for the whole account.',
  },
} as const satisfies Record<RefusalCode, ProblemKind>
