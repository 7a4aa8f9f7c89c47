import type { AccountId, AccountIndex } from '@keyholder/core'
import { guestsOf } from './guests-of.ts'

/** The accounts without which it cannot be said who has access to this one: homes of external members, and guests. */
export function relatedAccounts(index: AccountIndex): readonly AccountId[] {
  const { accounts } = index.rows.names
  const homes = Array.from({ length: accounts.count }, (_, number) => accounts.id(number))
  const others = new Set([...homes, ...guestsOf(index)])
  others.delete(index.id)
  return [...others]
}
