import { difference, equals, isEmpty, type PermissionSet } from '../role/permission-set.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import type { RoleRef } from './decision.ts'
import type { Role } from './rows/account-rows.ts'

/** What to call a set of permissions: "Editor", "Editor and Billing", "Editor, limited by Contributor". */
export interface RoleLabel {
  /** Empty for no access. */
  readonly roles: readonly RoleRef[]
  readonly limitedBy: readonly RoleRef[]
}

/** What a scope leaves of every role: a set is compared with a role as far as the role could go there. */
export interface Extent {
  readonly isOverAccount: boolean
  readonly isThrough: boolean
}

/**
 * The role that has exactly these permissions, as far as it could have them there; the first of these roles.
 *
 * Over one organization nothing of level `account` counts, and through a connection nothing guarded.
 */
export function knownRole(
  blueprint: Blueprint,
  roles: Iterable<Role | undefined>,
  set: PermissionSet,
  extent: Extent,
): Role | undefined {
  if (isEmpty(set)) return undefined

  const wanted = within(blueprint, set, extent)
  for (const role of roles) {
    if (role && equals(within(blueprint, role.permissions, extent), wanted)) return role
  }
  return undefined
}

/** As much of a set as could be had there. */
export function within(
  { accountLevel, guarded }: Blueprint,
  set: PermissionSet,
  { isOverAccount, isThrough }: Extent,
): PermissionSet {
  const inScope = isOverAccount ? set : difference(set, accountLevel)
  return isThrough ? difference(inScope, guarded) : inScope
}
