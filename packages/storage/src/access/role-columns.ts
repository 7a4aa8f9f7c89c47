import type { RoleId } from '@keyholder/core'

/** A custom role is a row of the account, and is referred to as one; a built-in one stands in the blueprint. */
export function roleColumns(role: RoleId | undefined): {
  readonly builtin: RoleId | null
  readonly custom: RoleId | null
} {
  if (role === undefined) return { builtin: null, custom: null }
  return role.startsWith('rol_') ? { builtin: null, custom: role } : { builtin: role, custom: null }
}
