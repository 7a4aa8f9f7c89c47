import type { AccessChange } from '../access/access-change.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import { refuse, succeed, type Result } from '../result.ts'
import { accountLevelIn, type AccountLevelRefusal } from './account-level.ts'
import { faultInNames, type RoleNameRefusal } from './role-names.ts'
import type { CustomRole } from './role.ts'

export type RoleRefusal = RoleNameRefusal | AccountLevelRefusal

/** The account's roles as they are, and the words that they may not use. */
export interface RoleContext {
  readonly blueprint: Blueprint
  readonly roles: readonly CustomRole[]
}

/** Makes a custom role; that it stays within its maker's own access is judged with the change. */
export function createRole(
  role: CustomRole,
  { blueprint, roles }: RoleContext,
): Result<readonly AccessChange[], RoleRefusal> {
  const fault = faultInNames(role, blueprint, roles) ?? accountLevelIn(role, blueprint)
  return fault ? refuse(fault) : succeed([{ kind: 'role_set', role }])
}

/** Makes a custom role with the permissions and bounds of another, under its own name. */
export function cloneRole(
  source: Pick<CustomRole, 'permissions' | 'organizations'>,
  identity: Pick<CustomRole, 'id' | 'key' | 'name'>,
  context: RoleContext,
): Result<readonly AccessChange[], RoleRefusal> {
  const { permissions, organizations } = source
  return createRole({ ...identity, permissions, organizations }, context)
}

/** Changes the name, permissions or bounds of a custom role; its key and id stay. */
export function editRole(
  role: CustomRole,
  edit: Partial<Pick<CustomRole, 'name' | 'permissions' | 'organizations'>>,
  { blueprint, roles }: RoleContext,
): Result<readonly AccessChange[], RoleRefusal> {
  const edited = { ...role, ...edit }
  const fault = faultInNames(edited, blueprint, roles, role.id) ?? accountLevelIn(edited, blueprint)
  return fault ? refuse(fault) : succeed([{ kind: 'role_set', role: edited }])
}
