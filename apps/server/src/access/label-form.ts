import type { RoleLabel } from '@keyholder/core'

/** What a set of permissions is called, as the API shows it. */
export function labelForm({ roles, limitedBy }: RoleLabel) {
  return { roles: [...roles], limited_by: [...limitedBy] }
}
