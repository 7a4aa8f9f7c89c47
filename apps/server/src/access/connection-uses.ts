import type { AccountId } from '@keyholder/core'
import { touchConnections, transaction, type Database, type Passage } from '@keyholder/storage'

/**
 * Through which connections people came since it was last written down: for people to look at, it decides nothing.
 * That a question or a request went through one costs no more than a look into memory.
 */
export class ConnectionUses {
  readonly #db: Database
  readonly #guests = new Map<AccountId, Set<AccountId>>()

  constructor(db: Database) {
    this.#db = db
  }

  /** Somebody of the guest account was let into the host account. */
  note({ host, guest }: Passage): void {
    const guests = this.#guests.get(host)
    if (guests) guests.add(guest)
    else this.#guests.set(host, new Set([guest]))
  }

  /** Writes it down; what cannot be written stays for the next time. */
  async flush(): Promise<void> {
    const uses = [...this.#guests].flatMap(([host, guests]) => [...guests].map((guest) => ({ host, guest })))
    if (uses.length === 0) return
    this.#guests.clear()
    try {
      await transaction(this.#db, 'deployment', (tx) => touchConnections(tx, uses))
    } catch (error) {
      for (const use of uses) this.note(use)
      throw error
    }
  }
}
