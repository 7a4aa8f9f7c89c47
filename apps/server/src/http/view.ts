import type { AccountId, Directory } from '@keyholder/core'

/** Accounts in memory, at one moment of database time. */
export interface View {
  readonly directory: Directory
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Where views come from. It throws `DatabaseUnavailable` rather than answer from what may be outdated. */
export interface Views {
  of(accounts: readonly AccountId[]): Promise<View>
}
