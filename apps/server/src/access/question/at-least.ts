import type { AccountId } from '@keyholder/core'

/** Revisions that an answer must not be older than. */
export interface AtLeast {
  /** Of the account that the question is about, whichever that is. */
  readonly here: number
  readonly accounts: ReadonlyMap<AccountId, number>
}

/** Reads revisions as a change or an answer gave them: one or several `account:revision`, or a bare number. */
export function readAtLeast(given: string | readonly string[] | number): AtLeast {
  if (typeof given === 'number') return { here: given, accounts: new Map() }
  const accounts = new Map<AccountId, number>()
  for (const token of [given].flat().flatMap((text) => text.split(','))) {
    const [account = '', revision] = token.trim().split(':')
    const before = accounts.get(account as AccountId) ?? 0
    accounts.set(account as AccountId, Math.max(before, Number(revision)))
  }
  return { here: 0, accounts }
}

export function atLeastAt(atLeast: AtLeast | undefined, account: AccountId): number {
  return atLeast?.accounts.get(account) ?? 0
}
