import type { DeleteRoleRefusal, RoleRefusal } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

type RefusalCode = RoleRefusal['code'] | DeleteRoleRefusal['code'] | 'permission_unknown'

export const roleProblems = {
  role_name_malformed: {
    status: 422,
    title: 'This cannot be the name of a role',
    detail: 'Key and name are one line of text without characters that change how others are shown.',
  },
  role_name_reserved: {
    status: 409,
    title: 'The name can be read as that of a built-in role',
    detail: 'Choose a key and a name that nobody can take for `built_in`.',
  },
  role_name_taken: {
    status: 409,
    title: 'A role with this key or name exists',
    detail: 'Capital letters and spaces make no difference; choose another one.',
  },
  role_bound_account_level: {
    status: 422,
    title: 'A bound role cannot carry permissions over the account',
    detail: 'Leave out `permissions`, or do not bind the role to organizations.',
  },
  role_held: {
    status: 409,
    title: 'The role is in use',
    detail: 'Name a `replacement`, or end what is listed; invitations have to be edited or revoked.',
  },
  role_replaces_itself: {
    status: 422,
    title: 'A role cannot replace itself',
    detail: 'Name another role as `replacement`.',
  },
  permission_unknown: {
    status: 422,
    title: 'The blueprint has no such permission',
    detail: '`forms` names what is unknown; `GET /api/v1/blueprint` lists all permissions.',
  },
} as const satisfies Record<RefusalCode, ProblemKind>
