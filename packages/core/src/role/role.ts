import type { OrganizationId, RoleId } from '../id.ts'
import type { PermissionSet } from './permission-set.ts'

/** An account's own role. */
export interface CustomRole {
  readonly id: RoleId
  /** Unique in its account, after `canonicalName`; never that of a built-in role. */
  readonly key: string
  readonly name: string
  readonly permissions: PermissionSet
  /** Where given, the role can be granted only on these organizations, and never over the whole account. */
  readonly organizations?: readonly OrganizationId[] | undefined
}
