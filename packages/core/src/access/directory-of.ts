import type { AccountId } from '../id.ts'
import { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import type { Facts } from './facts.ts'

/** A directory over plain facts, for tests, files and wherever else everything is at hand; indexes what is asked for. */
export function directoryOf({ blueprint, accounts }: Facts): Directory {
  const indexes = new Map<AccountId, AccountIndex>()
  return {
    blueprint,
    account(id) {
      const known = indexes.get(id)
      const facts = known ? undefined : accounts.get(id)
      if (!facts) return known

      const index = AccountIndex.of(blueprint, facts)
      indexes.set(id, index)
      return index
    },
  }
}
