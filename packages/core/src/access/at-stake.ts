import type { AccountId, UserId } from '../id.ts'
import { setOf } from '../role/permission-set.ts'
import type { AccessChange } from './access-change.ts'
import { grantsOver } from './grants-by.ts'
import {
  stakesOfConnection,
  stakesOfGrant,
  stakesOfGroup,
  stakesOfMember,
  stakesOfMembership,
  stakesOfRole,
  type Carrier,
  type Stake,
} from './stake.ts'

/**
 * Everything that a change gives, takes or could give: what is carried before it and after it, at each scope.
 *
 * `carrier` is the account before the change. Looks only at what the change touches: a role or a grant is judged
 * without looking at who holds it.
 */
export function stakesOf(carrier: Carrier, change: AccessChange): readonly Stake[] {
  const { index, blueprint } = carrier
  switch (change.kind) {
    case 'account_set':
      return index.status === change.status
        ? []
        : [{ permissions: setOf(blueprint.size, blueprint.bits.values()) }]
    case 'organization_set':
      return []
    case 'organization_removed':
      return grantsOver(index, change.id).flatMap((grant) => stakesOfGrant(carrier, grant))
    case 'role_set':
      return [...stakesOfRole(carrier, index.role(change.role.id)), ...stakesOfRole(carrier, change.role)]
    case 'role_removed':
      return stakesOfRole(carrier, index.role(change.id))
    case 'member_set':
      return stakesOfMemberChange(carrier, change.member.user, change.member)
    case 'member_removed':
      return stakesOfMemberChange(carrier, change.user, undefined)
    case 'group_set':
      return stakesOfGroup(carrier, change.group.id)
    case 'group_removed':
      return stakesOfGroup(carrier, change.id)
    case 'group_member_added':
    case 'group_member_removed':
      return stakesOfMembership(carrier, change.group, change.member)
    case 'grant_set':
      return [
        ...stakesOfGrant(carrier, index.grant(change.grant.id)),
        ...stakesOfGrant(carrier, change.grant),
      ]
    case 'grant_removed':
      return stakesOfGrant(carrier, index.grant(change.id))
    case 'connection_set':
      return [
        ...stakesOfConnection(carrier, index.connection(change.connection.id)),
        ...stakesOfConnection(carrier, change.connection),
      ]
  }
}

/**
 * A membership that changes its state puts everything at stake that hangs on it; a new one, and one that stays as it
 * is, nothing.
 */
function stakesOfMemberChange(
  carrier: Carrier,
  user: UserId,
  after: { readonly status: 'active' | 'suspended'; readonly home: AccountId } | undefined,
): readonly Stake[] {
  const before = carrier.index.member(user)
  if (before?.status === after?.status) return []

  const isSuspension = before?.status === 'suspended' || after?.status === 'suspended'
  const home = before?.home ?? after?.home
  const through = isSuspension && home ? stakesThrough(carrier, home) : []
  return [...stakesOfMember(carrier, user), ...through]
}

/** Whoever is suspended cannot come in through a connection either, so that way opens and closes with the suspension. */
function stakesThrough(carrier: Carrier, home: AccountId): readonly Stake[] {
  return carrier.index.rows.connections
    .filter((connection) => connection?.guest === home)
    .flatMap((connection) => stakesOfConnection(carrier, connection))
}
