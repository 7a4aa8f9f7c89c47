import type { AccountId } from '../id.ts'
import { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import type { Facts } from './facts.ts'

/** A directory over plain facts: for tests, for files, and wherever else everything is at hand. */
export function directoryOf({ blueprint, accounts }: Facts): Directory {
  const indexes = new Map<AccountId, AccountIndex>()
  for (const [id, facts] of accounts) indexes.set(id, AccountIndex.of(blueprint, facts))
  return { blueprint, account: (id) => indexes.get(id) }
}
