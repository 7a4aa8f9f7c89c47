import type { ConnectionStatus } from '../connection/connection.ts'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'

/** One thing that stands between a grant and an allowed question. */
export type Obstacle =
  | PersonObstacle
  | ConnectionObstacle
  | GrantObstacle
  | CeilingObstacle
  /** The grant is over another organization than the one that is asked about. */
  | { readonly code: 'other_organization'; readonly organization: OrganizationId }
  /** The question is about the whole account, or every organization, and the grant is over one. */
  | { readonly code: 'not_over_the_account'; readonly organization: OrganizationId }
  /** Held for their own only, and the resource is somebody else's, or nobody's. */
  | { readonly code: 'own_only' }
  | { readonly code: 'account_suspended'; readonly account: AccountId }

export type PersonObstacle =
  | { readonly code: 'member_suspended'; readonly account: AccountId; readonly user: UserId }
  /** Suspended in the account that the user belongs to, or no longer there. */
  | { readonly code: 'inactive_at_home'; readonly account: AccountId; readonly user: UserId }

export type ConnectionObstacle =
  | {
      readonly code: 'connection_not_active'
      readonly connection: ConnectionId
      readonly status: Exclude<ConnectionStatus, 'active'>
    }
  | {
      readonly code: 'connection_not_started'
      readonly connection: ConnectionId
      readonly startsAt: number
    }
  | { readonly code: 'connection_over'; readonly connection: ConnectionId; readonly endsAt: number }
  | { readonly code: 'guest_suspended'; readonly connection: ConnectionId; readonly account: AccountId }
  | { readonly code: 'not_a_delegate'; readonly connection: ConnectionId; readonly group: GroupId }

export type GrantObstacle =
  | { readonly code: 'not_started'; readonly startsAt: number }
  | { readonly code: 'ended'; readonly endsAt: number }
  /** The role is bound to organizations, and this grant is over none of them. */
  | { readonly code: 'role_bound_elsewhere'; readonly organizations: readonly OrganizationId[] }

/** What cuts down what a connection was granted. */
export type CeilingObstacle =
  | { readonly code: 'beyond_maximum'; readonly connection: ConnectionId; readonly maximum: RoleId }
  /** The user does not hold it over the whole of their home account; what comes near is named. */
  | {
      readonly code: 'beyond_standing'
      readonly connection: ConnectionId
      readonly account: AccountId
      readonly near: readonly StandingMiss[]
    }
  | { readonly code: 'guarded'; readonly connection: ConnectionId }

/** A grant at home that would have given standing but for something. */
export interface StandingMiss {
  readonly grant: GrantId
  readonly role: RoleId
  readonly group?: GroupId | undefined
  readonly obstacles: readonly (
    | GrantObstacle
    | { readonly code: 'does_not_connect' }
    | { readonly code: 'not_over_the_account'; readonly organization: OrganizationId }
    | { readonly code: 'own_only' }
  )[]
}
