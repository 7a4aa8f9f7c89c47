import type { AccountId } from '../../id.ts'
import type { Directory } from '../directory.ts'
import type { AccountRows } from '../rows/account-rows.ts'

/** When a compiled record is true: within a stretch of time, and while nothing changed at the user's home. */
export interface Condition {
  readonly from: number
  readonly until: number
  readonly home: HomeMark | undefined
}

/**
 * How a user's home looked when a record was compiled: parts that are replaced whenever something changes that
 * could matter to the user elsewhere.
 */
export interface HomeMark {
  readonly account: AccountId
  readonly user: number
  readonly compiled: Uint32Array
  readonly roles: AccountRows['roles']
  readonly status: AccountRows['status']
}

export function isMet({ from, until, home }: Condition, directory: Directory, at: number): boolean {
  return from <= at && at < until && (home === undefined || isUnchanged(home, directory))
}

function isUnchanged({ account, user, compiled, roles, status }: HomeMark, directory: Directory): boolean {
  const home = directory.account(account)
  return (
    home !== undefined &&
    home.rows.roles === roles &&
    home.rows.status === status &&
    home.compiled.pageOf(user) === compiled
  )
}
