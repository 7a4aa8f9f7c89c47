import type { Blueprint } from '../blueprint/blueprint.ts'
import type { RoleId } from '../id.ts'
import { canonicalName, skeleton } from './canonical-name.ts'
import type { CustomRole } from './role.ts'

export type RoleNameRefusal =
  | { readonly code: 'role_name_malformed' }
  /** It is, or can be read as, the name of a built-in role. */
  | { readonly code: 'role_name_reserved'; readonly builtIn: string }
  | { readonly code: 'role_name_taken'; readonly role: RoleId }

/** Why a custom role may not have this key and name; `self` is the role that has them already. */
export function faultInNames(
  { key, name }: Pick<CustomRole, 'key' | 'name'>,
  blueprint: Blueprint,
  roles: readonly CustomRole[],
  self?: RoleId,
): RoleNameRefusal | undefined {
  if (![key, name].every(isWellFormed)) return { code: 'role_name_malformed' }

  const wanted = new Set([skeleton(key), skeleton(name)])
  const imitated = blueprint.roles.find(
    (role) => wanted.has(skeleton(role.key)) || wanted.has(skeleton(role.name)),
  )
  if (imitated) return { code: 'role_name_reserved', builtIn: imitated.name }

  const taken = roles.find(
    (role) =>
      role.id !== self &&
      (canonicalName(role.key) === canonicalName(key) || canonicalName(role.name) === canonicalName(name)),
  )
  return taken && { code: 'role_name_taken', role: taken.id }
}

/** Something to read, on one line, with no character that changes the direction or the look of what stands around it. */
function isWellFormed(name: string): boolean {
  return canonicalName(name) !== '' && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)
}
