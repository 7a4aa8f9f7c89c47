import type { ConnectionRefusal } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

export const connectionProblems = {
  connection_to_itself: {
    status: 422,
    title: 'An account cannot be its own guest',
    detail: 'Name the slug of another account.',
  },
  connection_exists: {
    status: 409,
    title: 'The two accounts are connected already',
    detail: 'Change `connection` instead, or end it first.',
  },
  connection_state: {
    status: 409,
    title: 'The connection is in another state',
    detail: 'It is as `status` says; this cannot be done to it now.',
  },
  connection_other_side: {
    status: 403,
    title: 'This is for the other side to do',
    detail: 'The account on `side` can; ask its administrators.',
  },
  connection_nothing_offered: {
    status: 409,
    title: 'Nothing waits for an answer',
    detail: 'It was answered or taken back already; read the connection again.',
  },
  connection_not_narrower: {
    status: 422,
    title: 'This goes beyond what is there',
    detail: '`wider` names the parts; only both sides together can widen, by a request and its acceptance.',
  },
  connection_not_wider: {
    status: 422,
    title: 'There is nothing to ask for',
    detail: 'These terms are not wider in any part; the host narrows without asking.',
  },
  connection_extension_exhausted: {
    status: 409,
    title: 'The end cannot be moved so far',
    detail: 'Until `latest`, where an extension is left; ask the other side for wider terms instead.',
  },
  connection_ends_in_past: {
    status: 422,
    title: 'The connection would never be in use',
    detail: 'Its end has come, or lies before its start; choose a later one.',
  },
  connection_role_unknown: {
    status: 422,
    title: 'The maximum is no role of the host',
    detail: 'Name a role of the account that opens up.',
  },
  connection_role_bound: {
    status: 422,
    title: 'A bound role cannot be the maximum',
    detail: 'Choose a role that is not bound to organizations.',
  },
  connection_not_backed: {
    status: 403,
    title: 'Whoever offered this may no longer give it',
    detail: 'What they hold is checked again at the acceptance; ask the other account for a new offer.',
  },
} as const satisfies Record<ConnectionRefusal['code'] | 'connection_not_backed', ProblemKind>
