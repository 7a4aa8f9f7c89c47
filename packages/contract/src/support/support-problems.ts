import type { BeginSupportRefusal } from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

type RefusalCode =
  | BeginSupportRefusal['code']
  | 'support_access_invalid'
  | 'support_access_over'
  | 'support_in_account_only'
  | 'support_not_operator'

export const supportProblems = {
  support_not_operator: {
    status: 403,
    title: 'Only the operator’s staff enters accounts for support',
    detail: 'The deployment’s owner names its staff with `PUT /api/v1/operators/{user}`.',
  },
  support_disabled: {
    status: 403,
    title: 'The account lets no support in',
    detail: 'It has turned support access off; ask one of its superusers to turn it on.',
  },
  support_at_home: {
    status: 403,
    title: 'Nobody is support in their own account',
    detail: 'What you may do in your home account, your roles there say.',
  },
  support_access_invalid: {
    status: 403,
    title: 'This support access lets you in nowhere',
    detail:
      'The one in `Keyholder-Support-Access` is over, ended or not yours, or this session has no second factor; begin a new one, or leave the header out.',
  },
  support_in_account_only: {
    status: 403,
    title: 'Support access is to one account and nothing else',
    detail:
      'Leave out `Keyholder-Support-Access` for everything that is not in the account that you entered.',
  },
  support_access_over: {
    status: 409,
    title: 'This support access is over already',
    detail: 'Nothing was changed; its end and who ended it stand in the list.',
  },
} as const satisfies Record<RefusalCode, ProblemKind>
