import type { GrantId, OrganizationId, RoleId, UserId } from '../id.ts'

/** Permissions at a scope, as held forms (`ticket.view`, `ticket.view:own`); without an organization, over the whole account. */
export interface ScopedPermissions {
  readonly organization?: OrganizationId | undefined
  readonly permissions: readonly string[]
}

/** Why a list of changes may not be made, with the place of the change in the list. */
export type ChangeRefusal = EscalationRefusal | IntegrityRefusal | { readonly code: 'last_superuser' }

/** The change puts something at stake that its author does not hold. */
export type EscalationRefusal =
  | {
      readonly code: 'beyond_own_access'
      readonly change: number
      readonly beyond: readonly ScopedPermissions[]
    }
  /** A member who holds more than the author is not the author's to change, suspend or remove. */
  | {
      readonly code: 'member_protected'
      readonly change: number
      readonly member: UserId
      readonly beyond: readonly ScopedPermissions[]
    }
  /** Taken together, the changes leave their author with what was to end for them by then. */
  | {
      readonly code: 'own_access_lengthened'
      readonly from: number
      readonly beyond: readonly ScopedPermissions[]
    }
  | { readonly code: 'not_the_guests_to_change'; readonly change: number }

/** The change would leave something that means nothing, whoever makes it. */
export type IntegrityRefusal =
  | {
      readonly code: 'change_reference_unknown'
      readonly change: number
      readonly resource: 'organization' | 'role' | 'member' | 'group' | 'grant' | 'connection'
      readonly id: string
    }
  | { readonly code: 'grant_needs_role'; readonly change: number }
  | { readonly code: 'grant_never_current'; readonly change: number }
  | {
      readonly code: 'role_bound_elsewhere'
      readonly change: number
      readonly role: RoleId
      readonly organizations: readonly OrganizationId[]
    }
  | {
      readonly code: 'role_granted_elsewhere'
      readonly change: number
      readonly role: RoleId
      readonly grants: readonly GrantId[]
    }
  | { readonly code: 'role_built_in'; readonly change: number; readonly role: RoleId }
  | { readonly code: 'role_is_maximum'; readonly change: number; readonly role: RoleId }
  | { readonly code: 'maximum_bound'; readonly change: number; readonly role: RoleId }
  | { readonly code: 'group_filled_by_sso'; readonly change: number }
  | { readonly code: 'group_kind_fixed'; readonly change: number }
  | { readonly code: 'member_home_fixed'; readonly change: number; readonly member: UserId }
  | { readonly code: 'connection_closed'; readonly change: number }
  | { readonly code: 'connection_sides_fixed'; readonly change: number }
