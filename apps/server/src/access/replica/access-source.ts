import type { AccessChange, AccountId, AccountIndex } from '@keyholder/core'
import type { AccountHead } from '@keyholder/storage'

/** What one revision of an account changed. */
export interface JournalEntry {
  readonly revision: number
  readonly changes: readonly AccessChange[]
}

/** What a replica reads from the database. Each reading sees everything that was committed before it began. */
export interface AccessSource {
  /** The heads of those of these accounts that exist, and the database's clock. */
  heads(accounts: readonly AccountId[]): Promise<{
    readonly databaseTime: number
    readonly heads: readonly AccountHead[]
  }>
  /** Everything that decides access in an account, at one revision. */
  load(account: AccountId): Promise<AccountIndex | undefined>
  /** The journal after this revision, in order; entries that are long past may be gone. */
  changesSince(account: AccountId, revision: number): Promise<readonly JournalEntry[]>
}
