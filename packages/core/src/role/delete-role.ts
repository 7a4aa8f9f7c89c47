import type { AccessChange } from '../access/access-change.ts'
import type { Connection } from '../connection/connection.ts'
import type { Grant } from '../grant/grant.ts'
import type { InvitationId, RoleId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { CustomRole } from './role.ts'

/** Everything that refers to a role. */
export interface RoleHolders {
  readonly grants: readonly Grant[]
  /** Those of which it is the maximum, and that have not ended. */
  readonly connections: readonly Connection[]
  /** Open invitations that offer it. */
  readonly invitations: readonly InvitationId[]
}

export type DeleteRoleRefusal =
  | ({ readonly code: 'role_held' } & RoleHolders)
  | { readonly code: 'role_replaces_itself' }

/**
 * Deletes a custom role.
 *
 * Refused with the list of holders, unless a replacement is named, which then takes its place in every grant and
 * connection at once. Open invitations that offer it have to be edited or revoked first: they cannot be re-promised in
 * somebody else's name.
 */
export function deleteRole(
  role: Pick<CustomRole, 'id'>,
  holders: RoleHolders,
  replacement?: RoleId,
): Result<readonly AccessChange[], DeleteRoleRefusal> {
  const { grants, connections, invitations } = holders
  if (replacement === role.id) return refuse({ code: 'role_replaces_itself' })
  const isHeld = grants.length > 0 || connections.length > 0
  if (invitations.length > 0 || (isHeld && replacement === undefined)) {
    return refuse({ code: 'role_held', grants, connections, invitations })
  }

  return succeed([
    ...(replacement === undefined ? [] : replacing(holders, replacement)),
    { kind: 'role_removed', id: role.id },
  ])
}

function replacing({ grants, connections }: RoleHolders, role: RoleId): readonly AccessChange[] {
  return [
    ...connections.map(
      (connection) => ({ kind: 'connection_set', connection: { ...connection, maximum: role } }) as const,
    ),
    ...grants.map((grant) => ({ kind: 'grant_set', grant: { ...grant, role } }) as const),
  ]
}
