import type { AccountId, UserId } from '../id.ts'

/** A user's place in an account. */
export interface Member {
  readonly user: UserId
  readonly kind: 'home' | 'external'
  /** Somebody suspended at home has nothing anywhere. */
  readonly status: 'active' | 'suspended'
  /** The account that the user belongs to. */
  readonly home: AccountId
}
