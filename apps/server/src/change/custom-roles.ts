import { heldForms, type AccountIndex, type CustomRole, type PermissionSet } from '@keyholder/core'

/** The roles of an account and the names that none may take. */
export function roleContext({ rows }: AccountIndex) {
  const roles = rows.roles.filter((role) => role !== undefined && !rows.blueprint.role.has(role.id))
  return { blueprint: rows.blueprint, roles: roles as readonly CustomRole[] }
}

/** What the log tells of a role. */
export function toldOfRole(
  { rows }: AccountIndex,
  {
    name,
    permissions,
    organizations,
  }: Pick<CustomRole, 'name' | 'organizations'> & { permissions: PermissionSet },
) {
  return {
    name,
    permissions: [...heldForms(permissions, rows.blueprint)],
    organizations: organizations ? [...organizations] : null,
  }
}
