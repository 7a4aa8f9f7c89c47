import type { AccountId } from '../id.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountChanges } from './decision.ts'
import type { Directory } from './directory.ts'

/** How far a change reaches: of two that do the same, the one that reaches fewer people is the smaller. */
export const reach = {
  grantTo: { user: 0, group: 2, connection: 3 },
  person: 1,
  connection: 3,
  account: 4,
} as const

/** One change in an account, as part of a plan that turns an answer round. */
export interface Step {
  readonly account: AccountId
  readonly change: AccessChange
  readonly reach: number
}

export type Plan = readonly Step[]

/** Fewer changes first; of as many, those that reach fewer people. */
export function bySize(a: Plan, b: Plan): number {
  return a.length - b.length || totalReach(a) - totalReach(b)
}

function totalReach(plan: Plan): number {
  return plan.reduce((sum, step) => sum + step.reach, 0)
}

/** The plan's changes, gathered by account. */
export function changesOf(plan: Plan): AccountChanges[] {
  const accounts = [...new Set(plan.map(({ account }) => account))]
  return accounts.map((account) => ({
    account,
    changes: plan.filter((step) => step.account === account).map(({ change }) => change),
  }))
}

/** The directory as it would be after these changes, of each account at once. */
export function directoryAfter(directory: Directory, changes: readonly AccountChanges[]): Directory {
  const changed = new Map(
    changes.map(({ account, changes: list }) => [account, directory.account(account)?.withChanges(list)]),
  )
  return {
    blueprint: directory.blueprint,
    account: (id) => changed.get(id) ?? directory.account(id),
  }
}
