import {
  setOfForms,
  type AccountId,
  type Blueprint,
  type Connection,
  type ConnectionId,
  type CustomRole,
  type Grant,
  type GrantId,
  type Group,
  type GroupId,
  type GroupMember,
  type Member,
  type OrganizationId,
  type PermissionSet,
  type RoleId,
  type Subject,
  type UserId,
} from '@keyholder/core'

type Moment = number | null

export type RoleRow = readonly [
  id: RoleId,
  key: string,
  name: string,
  permissions: readonly string[],
  organizations: readonly OrganizationId[] | null,
]
export type MemberRow = readonly [user: UserId, status: Member['status'], home: AccountId]
export type GroupRow = readonly [id: GroupId, key: string, name: string, kind: Group['kind']]
export type GroupMemberRow = readonly [group: GroupId, user: UserId | null, connection: ConnectionId | null]
export type GrantRow = readonly [
  id: GrantId,
  user: UserId | null,
  group: GroupId | null,
  connection: ConnectionId | null,
  role: RoleId | null,
  organization: OrganizationId | null,
  startsAt: Moment,
  endsAt: Moment,
]
export type ConnectionRow = readonly [
  id: ConnectionId,
  guest: AccountId,
  maximum: RoleId,
  delegates: GroupId | null,
  status: Connection['status'],
  startsAt: Moment,
  endsAt: Moment,
]

export function roleOf(blueprint: Blueprint, row: RoleRow): CustomRole {
  const [id, key, name, permissions, organizations] = row
  const role = { id, key, name, permissions: permissionSet(blueprint, permissions) }
  return organizations ? { ...role, organizations } : role
}

/** What the blueprint no longer knows gives nothing. */
export function permissionSet(blueprint: Blueprint, forms: readonly string[]): PermissionSet {
  const known = setOfForms(
    forms.filter((form) => blueprint.bits.has(form)),
    blueprint,
  )
  if (!known.ok) throw new Error('a form that the blueprint has was refused')
  return known.value
}

export function memberOf(account: AccountId, [user, status, home]: MemberRow): Member {
  return { user, kind: home === account ? 'home' : 'external', status, home }
}

export function groupsOf(groups: readonly GroupRow[], members: readonly GroupMemberRow[]): Group[] {
  const inGroup = new Map<GroupId, GroupMember[]>(groups.map(([id]) => [id, []]))
  for (const [group, user, connection] of members) {
    inGroup.get(group)?.push(groupMember(user, connection))
  }
  return groups.map(([id, key, name, kind]) => ({ id, key, name, kind, members: inGroup.get(id) ?? [] }))
}

function groupMember(user: UserId | null, connection: ConnectionId | null): GroupMember {
  if (user !== null) return { kind: 'user', id: user }
  if (connection !== null) return { kind: 'connection', id: connection }
  throw new Error('a member of a group is neither a user nor a connection')
}

export function grantOf(row: GrantRow): Grant {
  const [id, user, group, connection, role, organization, startsAt, endsAt] = row
  return {
    id,
    subject: subjectOf(user, group, connection),
    ...(role !== null && { role }),
    ...(organization !== null && { organization }),
    ...boundsOf(startsAt, endsAt),
  }
}

function subjectOf(user: UserId | null, group: GroupId | null, connection: ConnectionId | null): Subject {
  return group === null ? groupMember(user, connection) : { kind: 'group', id: group }
}

export function connectionOf(host: AccountId, row: ConnectionRow): Connection {
  const [id, guest, maximum, delegates, status, startsAt, endsAt] = row
  return {
    id,
    host,
    guest,
    maximum,
    delegates: delegates ?? 'everyone',
    status,
    ...boundsOf(startsAt, endsAt),
  }
}

function boundsOf(startsAt: Moment, endsAt: Moment) {
  return { ...(startsAt !== null && { startsAt }), ...(endsAt !== null && { endsAt }) }
}
