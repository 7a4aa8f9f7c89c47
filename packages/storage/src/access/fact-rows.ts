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
export type GroupRow = readonly [id: GroupId, key: string, name: string, kind: Group['kind']]
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

/** `user status home`, with tabs. */
export function memberOf(account: AccountId, line: string): Member {
  const [user, status, home] = line.split('\t') as [UserId, Member['status'], AccountId]
  return { user, kind: home === account ? 'home' : 'external', status, home }
}

/** The members come as lines of `group member`. */
export function groupsOf(groups: readonly GroupRow[], members: readonly string[]): Group[] {
  const inGroup = new Map<GroupId, GroupMember[]>(groups.map(([id]) => [id, []]))
  for (const line of members) {
    const [group, member] = line.split('\t') as [GroupId, string]
    inGroup.get(group)?.push(subjectOf(member) as GroupMember)
  }
  return groups.map(([id, key, name, kind]) => ({ id, key, name, kind, members: inGroup.get(id) ?? [] }))
}

/** `id subject role organization start end`; of the last four, each may be empty. */
export function grantOf(line: string): Grant {
  const [id, subject, role, organization, startsAt, endsAt] = line.split('\t') as [
    GrantId,
    string,
    RoleId | '',
    OrganizationId | '',
    string,
    string,
  ]
  const grant: Mutable<Grant> = { id, subject: subjectOf(subject) }
  if (role) grant.role = role
  if (organization) grant.organization = organization
  if (startsAt) grant.startsAt = Number(startsAt)
  if (endsAt) grant.endsAt = Number(endsAt)
  return grant
}

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] }

/** The schema holds every id to the prefix of its kind. */
function subjectOf(id: string): Subject {
  if (id.startsWith('usr_')) return { kind: 'user', id: id as UserId }
  if (id.startsWith('grp_')) return { kind: 'group', id: id as GroupId }
  return { kind: 'connection', id: id as ConnectionId }
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
