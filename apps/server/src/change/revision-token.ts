import type { AccountId } from '@keyholder/core'

export interface AccountRevision {
  readonly account: AccountId
  readonly revision: number
}

/** Revisions as they stand in `Keyholder-Revision`, and as questions carry them in `at_least`. */
export function revisionTokens(revisions: readonly AccountRevision[]): string {
  return revisions.map(({ account, revision }) => `${account}:${revision}`).join(', ')
}
