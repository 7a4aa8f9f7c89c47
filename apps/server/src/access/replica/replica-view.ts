import type { AccountId, AccountIndex, Blueprint, Directory } from '@keyholder/core'
import type { ReplicatedAccount } from './replicated-account.ts'

/** A moment on the node's clocks, and on the database's. */
export interface ViewMoment {
  readonly now: number
  /** What was confirmed at this moment or before is too old. */
  readonly oldest: number
  /** Milliseconds since 1970 by the database's clock. */
  readonly at: number
}

/** What may be answered from at one moment. */
export class ReplicaView implements Directory {
  readonly blueprint: Blueprint
  /** Database time; before the database was ever heard of not a number, at which nothing is allowed. */
  readonly at: number
  readonly #accounts: ReadonlyMap<AccountId, ReplicatedAccount>
  readonly #now: number
  readonly #oldest: number

  constructor(
    blueprint: Blueprint,
    accounts: ReadonlyMap<AccountId, ReplicatedAccount>,
    { now, oldest, at }: ViewMoment,
  ) {
    this.blueprint = blueprint
    this.at = at
    this.#accounts = accounts
    this.#now = now
    this.#oldest = oldest
  }

  /** An account that is as far as anything heard of, and was confirmed lately. */
  entry(id: AccountId): ReplicatedAccount | undefined {
    const account = this.#accounts.get(id)
    if (!account?.isCaughtUp() || account.confirmedAt <= this.#oldest) return undefined
    account.usedAt = this.#now
    return account
  }

  account(id: AccountId): AccountIndex | undefined {
    return this.entry(id)?.index
  }
}
