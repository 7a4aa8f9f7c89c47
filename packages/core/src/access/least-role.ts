import { has, isSubset, type PermissionSet } from '../role/permission-set.ts'
import type { OrganizationId } from '../id.ts'
import type { Role } from './rows/account-rows.ts'

type Roles = readonly (Role | undefined)[]

/** The role with the fewest permissions that has this one and can be granted there. */
export function leastRole(
  roles: Roles,
  bit: number,
  organization: OrganizationId | undefined,
): Role | undefined {
  return least(roles, (role) => has(role.permissions, bit) && isGrantable(role, organization))
}

/** The same for somebody's home account, where the role also has to add to their standing. */
export function leastStandingRole(roles: Roles, bit: number): Role | undefined {
  return least(
    roles,
    (role) =>
      has(role.permissions, bit) && isGrantable(role, undefined) && (!('connects' in role) || role.connects),
  )
}

/** The role with the fewest permissions that has this one and all of those, and can be the maximum of a connection. */
export function leastRoleWithAll(roles: Roles, bit: number, all: PermissionSet): Role | undefined {
  return least(
    roles,
    (role) => isSubset(all, role.permissions) && isGrantable(role, undefined) && has(role.permissions, bit),
  )
}

function isGrantable(role: Role, organization: OrganizationId | undefined): boolean {
  const bound = 'organizations' in role ? role.organizations : undefined
  return !bound || bound.some((each) => each === organization)
}

function least(roles: Roles, fits: (role: Role) => boolean): Role | undefined {
  let found: Role | undefined
  for (const role of roles) {
    if (role && fits(role) && (!found || countOf(role.permissions) < countOf(found.permissions))) found = role
  }
  return found
}

function countOf(set: PermissionSet): number {
  let count = 0
  for (const word of set) for (let rest = word; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count++
  return count
}
