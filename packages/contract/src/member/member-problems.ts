import type { EmailFault, leaveAccount, MemberStateRefusal, PromoteRefusal } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

type LeaveRefusal = Extract<ReturnType<typeof leaveAccount>, { ok: false }>['refusal']

type RefusalCode =
  | EmailFault['code']
  | LeaveRefusal['code']
  | MemberStateRefusal['code']
  | PromoteRefusal['code']
  | 'bulk_beyond_own_access'
  | 'bulk_refused'
  | 'column_unknown'
  | 'email_taken'
  | 'external_id_taken'
  | 'member_exists'
  | 'member_from_elsewhere'
  | 'member_not_bound'
  | 'not_a_member'
  | 'too_many_organizations'

export const memberProblems = {
  email_malformed: {
    status: 422,
    title: 'This is not one e-mail address',
    detail: 'Send one address without name, quotes or comments; `reason` says what is wrong with it.',
  },
  email_taken: {
    status: 409,
    title: 'Somebody has a login with this address',
    detail: 'Give that login a role with `POST …/role-bindings`, or send an invitation.',
  },
  external_id_taken: {
    status: 409,
    title: 'Another user has this external id',
    detail: 'An external id means one user of the account; choose another one.',
  },
  member_exists: {
    status: 409,
    title: 'This person is in the account already',
    detail: 'Change what `user` has instead.',
  },
  member_from_elsewhere: {
    status: 422,
    title: 'This person signs in elsewhere',
    detail: 'The login of an external user is a matter of their home account; remove them here instead.',
  },
  member_state: {
    status: 409,
    title: 'The status is this already',
    detail: 'Nothing was changed; `member_status` is the one that the member has.',
  },
  member_at_home: {
    status: 409,
    title: 'Nobody leaves their home account',
    detail: 'A login without a home would be nowhere; ask an administrator to remove you.',
  },
  not_a_member: {
    status: 409,
    title: 'You are not a member of this account',
    detail: 'Only an external user can leave; a connection is ended by its accounts.',
  },
  member_external: {
    status: 409,
    title: 'External users cannot be superusers',
    detail:
      'An account is not left in the hands of somebody whom another account can suspend; choose a user.',
  },
  member_suspended: {
    status: 409,
    title: 'This member is suspended',
    detail: 'Let them in again first.',
  },
  member_superuser: {
    status: 409,
    title: 'This user is a superuser already',
    detail: 'Nothing was changed.',
  },
  member_not_bound: {
    status: 409,
    title: 'This user is not kept to some organizations',
    detail: 'They have no grant of a bound role; change their default role instead.',
  },
  bulk_refused: {
    status: 422,
    title: 'It cannot be done to all of them',
    detail: 'So it was done to nobody; `rows` names everybody in the way, and why.',
  },
  bulk_beyond_own_access: {
    status: 403,
    title: 'Some of them are beyond your own access',
    detail: 'So it was done to nobody; `rows` names everybody in the way, and why.',
  },
  column_unknown: {
    status: 422,
    title: 'There is no such column',
    detail: '`column` names it; leave `columns` out for all of them.',
  },
  too_many_organizations: {
    status: 422,
    title: 'So many organizations are not shown at once',
    detail: 'Name at most `most` of them.',
  },
} as const satisfies Record<RefusalCode, ProblemKind>
