import {
  affectedBy,
  compareAccess,
  compareSeats,
  type AccountId,
  type Directory,
  type PersonDifference,
  type Previewed,
} from '@keyholder/core'
import type { AccountChanges } from './change-plan.ts'
import type { After } from './judge-plan.ts'
import type { Scene } from './scene.ts'

export type Compared = Previewed

/** What a plan's changes come to in each account: who gains and loses what, there and elsewhere, and which seats change. */
export function comparePlan(
  { directory: before, at, elsewhere, revisions }: Scene,
  access: readonly AccountChanges[],
  indexes: After,
): readonly Compared[] {
  const after: Directory = { ...before, account: (id) => indexes.get(id) ?? before.account(id) }
  return access.flatMap(({ account, changes }) => {
    const [was, is] = [before.account(account), indexes.get(account)]
    if (!was || !is) return []
    const affected = affectedBy({ before, after, account }, changes)
    const people: readonly PersonDifference[] = compareAccess({
      before,
      after,
      account,
      at,
      affected,
      elsewhere,
    })
    const revision = revisionOf(revisions, account)
    return [{ account, revision, changes, people, seats: compareSeats(was, is, at, affected) }]
  })
}

function revisionOf(revisions: Scene['revisions'], account: AccountId): number {
  return revisions.find((one) => one.account === account)?.revision ?? 0
}
