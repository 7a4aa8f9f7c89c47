import type { Blueprint } from '../blueprint/blueprint.ts'
import type { AccountId } from '../id.ts'
import type { AccountIndex } from './account-index.ts'

/**
 * The accounts that a decision can look at.
 *
 * An account that is not there gives nothing, and its people have nothing anywhere: a home that cannot be seen
 * cannot vouch for anybody. So whoever answers for an account also has the homes of its external members and the
 * guests of its connections at hand.
 */
export interface Directory {
  readonly blueprint: Blueprint
  account(id: AccountId): AccountIndex | undefined
}
