import type { ChangeRefusal } from '@keyholder/core'
import type { ProblemKind } from './problem.ts'

/** Why a change of access is refused by the model itself, whichever endpoint brings it. */
export const changeProblems = {
  beyond_own_access: {
    status: 403,
    title: 'Nobody gives away or takes more than they hold',
    detail: 'The change is about permissions that you do not hold there; `beyond` names them.',
  },
  member_protected: {
    status: 403,
    title: 'This member holds more than you do',
    detail:
      'Only somebody who holds at least as much may change or remove this member; `beyond` names what you lack.',
  },
  own_access_lengthened: {
    status: 403,
    title: 'Your own access would last longer than it was given',
    detail:
      'Ask somebody whose own access has no end; `beyond` names what you would keep, and `from` since when.',
  },
  not_the_guests_to_change: {
    status: 403,
    title: "This is the host account's to change",
    detail: 'The guest of a connection can end it or narrow it; ask the host for anything else.',
  },
  last_superuser: {
    status: 409,
    title: 'The account would have no superuser left',
    detail: 'Make somebody else a superuser first.',
  },
  change_reference_unknown: {
    status: 422,
    title: 'Something named in the request does not exist',
    detail: 'There is no such thing in this account; `resource` and `id` name it.',
  },
  grant_needs_role: {
    status: 422,
    title: 'A grant needs a role',
    detail: 'Only a grant to a connection may leave the role out; name one.',
  },
  grant_never_current: {
    status: 422,
    title: 'The grant would never count',
    detail: 'Its end is not after its start; choose a later end.',
  },
  role_bound_elsewhere: {
    status: 422,
    title: 'The role is bound to other organizations',
    detail:
      'It can be granted only on the organizations in `organizations`, and never over the whole account.',
  },
  role_granted_elsewhere: {
    status: 409,
    title: 'The role is granted outside of these organizations',
    detail: 'End the grants in `grants` first, or keep their organizations.',
  },
  role_built_in: {
    status: 422,
    title: 'Built-in roles stand in the blueprint',
    detail: 'Make a custom role of your own instead.',
  },
  role_is_maximum: {
    status: 409,
    title: 'The role is the ceiling of a connection',
    detail: 'Give the connection another maximum role first.',
  },
  maximum_bound: {
    status: 422,
    title: 'A bound role cannot be a ceiling',
    detail: 'Choose a role that is not bound to organizations as the maximum role.',
  },
  group_filled_by_sso: {
    status: 409,
    title: 'This group is filled at sign-in',
    detail: 'The identity provider says who is in it; change the membership there.',
  },
  group_kind_fixed: {
    status: 409,
    title: 'The kind of a group stays as it is',
    detail: 'Make a new group of the other kind.',
  },
  member_home_fixed: {
    status: 409,
    title: 'A user has one home account',
    detail: 'It stays the one in which the user was made.',
  },
  connection_closed: {
    status: 409,
    title: 'The connection has ended',
    detail: 'Propose a new one.',
  },
  connection_sides_fixed: {
    status: 409,
    title: 'The sides of a connection stay as they are',
    detail: 'Propose a new connection between the other accounts.',
  },
} as const satisfies Record<ChangeRefusal['code'], ProblemKind>
