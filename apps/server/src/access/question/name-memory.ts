import type { AccountId, OrganizationId, UserId } from '@keyholder/core'

const keptAtMost = 200_000

/** A map that starts anew rather than grow beyond a bound. */
class BoundedMap<Key, Value> {
  readonly #values = new Map<Key, Value>()

  get(key: Key): Value | undefined {
    return this.#values.get(key)
  }

  keep(key: Key, value: Value): void {
    if (this.#values.size >= keptAtMost) this.#values.clear()
    this.#values.set(key, value)
  }
}

export interface NamedPlace {
  readonly account: AccountId
  readonly organization: OrganizationId
  /** The state of the account's names at which this was found. */
  readonly state: number
}

/** What this node remembers of the deployment's names, beside the accounts in memory. */
export class NameMemory {
  /** Where a slug was last seen; the account in memory says whether it is still its slug. */
  readonly slugs = new BoundedMap<string, AccountId>()
  /** What `account/organization` was last found to mean, as long as the account's names stand still. */
  readonly places = new BoundedMap<string, NamedPlace>()
  /** An organization never moves to another account. */
  readonly accounts = new BoundedMap<OrganizationId, AccountId>()
  /** A person never changes home. */
  readonly homes = new BoundedMap<UserId, AccountId>()
}
