import type { Blueprint } from '../blueprint/blueprint.ts'
import type { Connection } from '../connection/connection.ts'
import type { Grant } from '../grant/grant.ts'
import type { GroupMember } from '../group/group.ts'
import type { GroupId, OrganizationId, UserId } from '../id.ts'
import { difference, emptySet, intersection, type PermissionSet } from '../role/permission-set.ts'
import type { CustomRole } from '../role/role.ts'
import type { AccountIndex } from './account-index.ts'

/** Permissions that somebody holds or could come to hold at a scope; without an organization, over the whole account. */
export interface Stake {
  readonly organization?: OrganizationId | undefined
  readonly permissions: PermissionSet
}

/** An account at a moment, for asking what its parts carry. */
export interface Carrier {
  readonly blueprint: Blueprint
  readonly index: AccountIndex
  readonly at: number
}

/**
 * What a grant carries, or will when its time comes; nothing once it has ended.
 *
 * To a connection, it carries the role up to the maximum and nothing guarded; over one organization, nothing of level
 * `account`.
 */
export function stakesOfGrant(carrier: Carrier, grant: Grant | undefined): readonly Stake[] {
  if (!grant || (grant.endsAt ?? Infinity) <= carrier.at) return []
  const { subject } = grant
  if (subject.kind !== 'connection') return [stakeAt(carrier, grant, permissionsOf(carrier, grant.role))]

  const connection = carrier.index.connection(subject.id)
  return connection ? [limited(carrier, connection, grant)] : []
}

/** What everybody in a group gets by it. */
export function stakesOfGroup(carrier: Carrier, id: GroupId): readonly Stake[] {
  return carrier.index.grantsTo({ kind: 'group', id }).flatMap((grant) => stakesOfGrant(carrier, grant))
}

/** What this user or connection gets by being in a group. */
export function stakesOfMembership(carrier: Carrier, group: GroupId, member: GroupMember): readonly Stake[] {
  if (member.kind === 'user') return stakesOfGroup(carrier, group)
  const connection = carrier.index.connection(member.id)
  return connection
    ? limitedBy(carrier, connection, carrier.index.grantsTo({ kind: 'group', id: group }))
    : []
}

/** What a member holds there, or will: by themself and by their groups. */
export function stakesOfMember(carrier: Carrier, user: UserId): readonly Stake[] {
  const { index } = carrier
  const subject = { kind: 'user', id: user } as const
  return [
    ...index.grantsTo(subject).flatMap((grant) => stakesOfGrant(carrier, grant)),
    ...index.groupsOf(subject).flatMap((group) => stakesOfGroup(carrier, group)),
  ]
}

/** What a connection gives to whoever comes through it, by itself and by its groups; nothing once it is closed. */
export function stakesOfConnection(carrier: Carrier, connection: Connection | undefined): readonly Stake[] {
  if (!connection || isClosed(connection)) return []
  const { index } = carrier
  const subject = { kind: 'connection', id: connection.id } as const
  const grants = index.groupsOf(subject).flatMap((id) => index.grantsTo({ kind: 'group', id }))
  return limitedBy(carrier, connection, [...index.grantsTo(subject), ...grants])
}

/** What a role carries wherever it may be granted: over the account, or in the organizations that it is bound to. */
export function stakesOfRole(
  { blueprint }: Pick<Carrier, 'blueprint'>,
  role: Pick<CustomRole, 'permissions' | 'organizations'> | undefined,
): readonly Stake[] {
  if (!role) return []
  if (!role.organizations) return [{ permissions: role.permissions }]
  const permissions = difference(role.permissions, blueprint.accountLevel)
  return role.organizations.map((organization) => ({ organization, permissions }))
}

/** Whether a connection is over for good. */
export function isClosed({ status }: Pick<Connection, 'status'>): boolean {
  return status === 'ended' || status === 'declined'
}

function limitedBy(carrier: Carrier, connection: Connection, grants: readonly Grant[]): readonly Stake[] {
  return grants
    .filter(({ endsAt }) => (endsAt ?? Infinity) > carrier.at)
    .map((grant) => limited(carrier, connection, grant))
}

function limited(carrier: Carrier, connection: Connection, grant: Grant): Stake {
  const maximum = permissionsOf(carrier, connection.maximum)
  const isMaximum = grant.role === undefined && grant.subject.kind === 'connection'
  const granted = isMaximum ? maximum : permissionsOf(carrier, grant.role)
  return stakeAt(carrier, grant, difference(intersection(granted, maximum), carrier.blueprint.guarded))
}

function stakeAt({ blueprint }: Carrier, { organization }: Grant, permissions: PermissionSet): Stake {
  if (organization === undefined) return { permissions }
  return { organization, permissions: difference(permissions, blueprint.accountLevel) }
}

function permissionsOf({ blueprint, index }: Carrier, role: Grant['role']): PermissionSet {
  const known = role === undefined ? undefined : index.role(role)
  return known?.permissions ?? emptySet(blueprint.size)
}
