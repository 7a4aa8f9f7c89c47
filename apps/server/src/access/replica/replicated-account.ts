import type { AccountId, AccountIndex } from '@keyholder/core'
import type { AccountHead } from '@keyholder/storage'
import type { JournalEntry } from './access-source.ts'
import { LookedUpNames } from './looked-up-names.ts'

/**
 * What a node holds of one account: its index at a revision, and how far that can be trusted.
 *
 * INVARIANT: `heard` is never below a revision that this node acknowledged or was told of, and nothing is answered
 * from an index below it.
 */
export class ReplicatedAccount {
  readonly id: AccountId
  readonly names = new LookedUpNames()
  slug: string | undefined
  index: AccountIndex | undefined
  /** The highest revision that this node knows to be committed. */
  heard = 0
  /** The moment (monotonic) at which the database was last asked and had nothing beyond `heard`. */
  confirmedAt = -Infinity
  usedAt = -Infinity
  bytes = 0
  /** Work that is under way and shared by all who wait for it. */
  loading: Promise<void> | undefined
  confirming: Promise<void> | undefined
  catchingUp: Promise<void> | undefined

  #written: { readonly index: AccountIndex; readonly revision: string } | undefined

  constructor(id: AccountId) {
    this.id = id
  }

  /** Where it stands, as answers and questions write it. */
  get revision(): string | undefined {
    const { index } = this
    if (index === undefined) return undefined
    if (this.#written?.index !== index) this.#written = { index, revision: `${this.id}:${index.revision}` }
    return this.#written.revision
  }

  hear(revision: number): void {
    if (revision > this.heard) this.heard = revision
  }

  isCaughtUp(): boolean {
    return this.index !== undefined && this.index.revision >= this.heard
  }

  /** Moves the index along the journal; stops where an entry is missing. */
  apply(entries: readonly JournalEntry[]): void {
    for (const { revision, changes } of entries) {
      if (this.index && revision === this.index.revision + 1) {
        this.index = this.index.withChanges(changes, revision)
        this.names.moved(changes)
      }
      this.hear(revision)
    }
  }

  /** Takes an index that is further on than the one here. */
  adopt(index: AccountIndex, bytes: number): void {
    if (this.index && this.index.revision >= index.revision) return
    this.index = index
    this.bytes = bytes
    this.names.clear()
    this.hear(index.revision)
  }

  /**
   * Takes what the database said of this account when it was asked.
   *
   * A revision below one that was here already when it was asked means that the database lost what it had
   * acknowledged (a failover, a restored backup): all that is known of the account goes.
   */
  confirm(
    head: AccountHead,
    askedAt: number,
    revisionWhenAsked: number | undefined,
  ): 'confirmed' | 'went_back' {
    if (this.slug !== head.slug) this.names.clear()
    this.slug = head.slug
    if (revisionWhenAsked !== undefined && head.revision < revisionWhenAsked) {
      this.index = undefined
      this.heard = head.revision
      this.names.clear()
      return 'went_back'
    }
    this.hear(head.revision)
    this.confirmedAt = Math.max(this.confirmedAt, askedAt)
    return 'confirmed'
  }
}
