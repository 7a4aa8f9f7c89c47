import type { GrantRefusal } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

type RefusalCode = Exclude<GrantRefusal['code'], 'grant_never_current'> | 'login_unknown'

export const grantProblems = {
  grant_exists: {
    status: 409,
    title: 'They have this role there already',
    detail: 'At some of the same time, by `grant`; change its start or end instead.',
  },
  login_unknown: {
    status: 422,
    title: 'Nobody has a login with this address',
    detail: 'Or nobody who has shown that the address is theirs; send an invitation instead.',
  },
} as const satisfies Record<RefusalCode, ProblemKind>
