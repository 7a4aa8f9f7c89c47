import type { AccountId, ConnectionId, GroupId, RoleId } from '../id.ts'
import type { Bounds } from '../grant/grant.ts'

export type ConnectionStatus = 'proposed' | 'active' | 'paused' | 'ended' | 'declined'

/** A standing delegation from the host account to the guest account. */
export interface Connection extends Bounds {
  readonly id: ConnectionId
  readonly host: AccountId
  readonly guest: AccountId
  readonly maximum: RoleId
  /** Who of the guest account may use it: everybody, or the members of one of its groups. */
  readonly delegates: 'everyone' | GroupId
  readonly status: ConnectionStatus
}
