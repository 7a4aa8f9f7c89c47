import type { ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'

/** Whom a grant is given to, or who is a member of a group. */
export type Subject =
  | { readonly kind: 'user'; readonly id: UserId }
  | { readonly kind: 'group'; readonly id: GroupId }
  | { readonly kind: 'connection'; readonly id: ConnectionId }

/** A half-open time: from `startsAt` on, and no more at `endsAt`. Milliseconds since 1970, database time. */
export interface Bounds {
  readonly startsAt?: number | undefined
  readonly endsAt?: number | undefined
}

/** Subject × role × scope: the only way to give access. */
export interface Grant extends Bounds {
  readonly id: GrantId
  readonly subject: Subject
  /** Left out only for a connection: the maximum role. */
  readonly role?: RoleId | undefined
  /** Left out for the whole account. */
  readonly organization?: OrganizationId | undefined
}

/** Whether something bounded in time counts at this moment. */
export function isCurrent(bounds: Bounds, at: number): boolean {
  return (bounds.startsAt ?? -Infinity) <= at && at < (bounds.endsAt ?? Infinity)
}
