import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { AccessChange } from './access-change.ts'
import type { CeilingObstacle, Obstacle } from './obstacle.ts'

/** An answer with its reasons. */
export interface Decision {
  readonly allowed: boolean
  /** Every way that leads to the permission; any one of them would do. */
  readonly because: readonly Path[]
  /** What connections were granted and their ceilings took off. */
  readonly limits: readonly Limit[]
  /** The revision of the account that was asked about; nothing where the account is unknown. */
  readonly revision: number | undefined
}

/** An answer with everything there is to say about it. */
export interface Explanation extends Decision {
  /** What the question names that is not there. */
  readonly unknown: 'permission' | 'account' | 'organization' | 'user' | undefined
  /** Every grant that would have led to the permission but for something, the nearest first. */
  readonly nearMisses: readonly NearMiss[]
  /** The smallest change found that turns the answer round; nothing where none can. */
  readonly smallestChange: readonly AccountChanges[] | undefined
}

/** Changes of one account. */
export interface AccountChanges {
  readonly account: AccountId
  readonly changes: readonly AccessChange[]
}

/** One way from a person to a permission: user ─ [standing ─ connection] ─ [group] ─ grant ─ permission. */
export interface Path {
  readonly user: UserId
  readonly account: AccountId
  readonly through?: ThroughConnection | undefined
  /** The group of the account whose grant it is. */
  readonly group?: GroupRef | undefined
  readonly grant: GrantRef
  /** The form in which the permission is held: `ticket.view`, or `ticket.view:own`. */
  readonly permission: string
  /** When this way ends by itself. */
  readonly until?: number | undefined
}

export interface ThroughConnection {
  readonly connection: ConnectionId
  readonly guest: AccountId
  readonly maximum: RoleRef
  /** The grants at home that the permission is held by; any one of them would do. */
  readonly standing: readonly StandingRef[]
}

export interface StandingRef {
  readonly grant: GrantId
  readonly role: RoleRef
  readonly group?: GroupRef | undefined
}

export interface GrantRef {
  readonly id: GrantId
  readonly role: RoleRef
  /** Left out for the whole account. */
  readonly organization?: OrganizationId | undefined
  readonly startsAt?: number | undefined
  readonly endsAt?: number | undefined
}

export interface RoleRef {
  readonly id: RoleId
  readonly name: string
}

export interface GroupRef {
  readonly id: GroupId
  readonly name: string
  readonly kind: 'manual' | 'sso'
}

/** A grant that counts, to a connection that is open, less a permission that a ceiling took off. */
export interface Limit {
  readonly path: Path
  readonly by: readonly CeilingObstacle[]
}

/** A way that would lead to the permission, and what stands in it. */
export interface NearMiss {
  readonly path: Path
  readonly obstacles: readonly Obstacle[]
}
