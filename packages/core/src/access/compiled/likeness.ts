import { isActiveAtHome, noMember } from '../rows/member-code.ts'
import type { AccountRows } from '../rows/account-rows.ts'
import { always } from '../rows/grant-columns.ts'

/** People with more grants of their own than this seldom have them in common with somebody. */
const few = 1

/**
 * What decides a user's access, as a key: people with the same key have the same access for as long as no group and
 * no role changes. Nothing where others are not likely to have the same, or where it depends on another account.
 */
export function likenessOf(rows: AccountRows, user: number): string | undefined {
  const { grants } = rows
  const own = rows.grantsTo.user.list(user)
  const isOneOfMany = own.length <= few && isActiveAtHome(rows.members[user] ?? noMember)
  if (!isOneOfMany || own.some((position) => grants.bounds(position) !== always)) return undefined

  const groups = rows.groupsOf.user.list(user).join()
  return `${groups} ${own.reduce((key, position) => `${key} ${grants.role(position)}.${grants.organization(position)}`, '')}`
}
