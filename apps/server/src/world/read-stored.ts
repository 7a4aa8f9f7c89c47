import type { AccountFacts, Blueprint } from '@keyholder/core'
import { describedAccount, loadFacts, type DescribedAccount, type Tx } from '@keyholder/storage'
import { partInWorld } from './part-in-world.ts'

/** An account as it is stored. */
export interface StoredAccount extends DescribedAccount {
  /** All that decides access in it. */
  readonly whole: AccountFacts
  /** The part of it that a world of the accounts read with it can speak of. */
  readonly part: AccountFacts
}

/** What is stored of some accounts, by slug. */
export type StoredAccounts = ReadonlyMap<string, StoredAccount>

/** Reads those of these accounts that there are. */
export async function readStored(
  tx: Tx,
  blueprint: Blueprint,
  slugs: readonly string[],
): Promise<StoredAccounts> {
  const read: Omit<StoredAccount, 'part'>[] = []
  for (const slug of slugs) {
    const described = await describedAccount(tx, slug)
    const whole = described && (await loadFacts(tx, blueprint, described.id))
    if (whole) read.push({ ...described, whole })
  }
  const ids = new Set(read.map(({ id }) => id))
  return new Map(read.map((account) => [account.slug, { ...account, part: partInWorld(account.whole, ids) }]))
}
