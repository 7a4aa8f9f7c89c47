import {
  affectedBy,
  comparing,
  comparingSeats,
  type AccountId,
  type AccountIndex,
  type Directory,
  type PersonDifference,
  type Previewed,
  type SeatChange,
} from '@keyholder/core'
import type { AccountChanges } from './change-plan.ts'
import type { After } from './judge-plan.ts'
import type { Scene } from './scene.ts'

/** What changes in an account, and what it comes to: step by step, because there may be very many people. */
export interface Compared extends Previewed {
  /** Who gains and loses what, there and elsewhere; nothing for somebody for whom nothing changes. */
  readonly people: Iterable<PersonDifference | undefined>
  /** Which seats change. */
  readonly seats: Iterable<SeatChange | undefined>
}

/** What a plan's changes come to in each account. */
export function comparePlan(
  { directory, at, elsewhere, revisions }: Scene,
  access: readonly AccountChanges[],
  indexes: After,
): readonly Compared[] {
  const before = pinned(directory)
  const after: Directory = { ...before, account: (id) => indexes.get(id) ?? before.account(id) }
  return access.flatMap(({ account, changes }) => {
    const [was, is] = [before.account(account), indexes.get(account)]
    if (!was || !is) return []
    const affected = affectedBy({ before, after, account }, changes)
    return {
      account,
      revision: revisionOf(revisions, account),
      changes,
      people: comparing({ before, after, account, at, affected, elsewhere }),
      seats: comparingSeats(was, is, at, affected),
    }
  })
}

/** The accounts as they are when they are first looked at, however long it goes on. */
function pinned(directory: Directory): Directory {
  const seen = new Map<AccountId, AccountIndex | undefined>()
  return {
    blueprint: directory.blueprint,
    account: (id) => {
      if (!seen.has(id)) seen.set(id, directory.account(id))
      return seen.get(id)
    },
  }
}

function revisionOf(revisions: Scene['revisions'], account: AccountId): number {
  return revisions.find((one) => one.account === account)?.revision ?? 0
}
