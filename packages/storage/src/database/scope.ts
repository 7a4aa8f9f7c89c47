import type { AccountId } from '@keyholder/core'

/** For whom a transaction reads and writes: some accounts, or the deployment itself, which is all of them. */
export type Scope = readonly AccountId[] | 'deployment'

/** The scope as row-level security reads it; throws on what could be read as more than one account. */
export function scopeSetting(scope: Scope): string {
  if (scope === 'deployment') return '*'
  const unsound = scope.find((account) => !/^acc_[A-Za-z0-9_-]+$/.test(account))
  if (unsound !== undefined) throw new TypeError(`\`${unsound}\` is not the id of an account`)
  return scope.join(',')
}
