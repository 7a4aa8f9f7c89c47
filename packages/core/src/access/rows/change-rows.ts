import type { Grant } from '../../grant/grant.ts'
import type { GroupMember } from '../../group/group.ts'
import type { GroupId, OrganizationId, UserId } from '../../id.ts'
import type { CustomRole } from '../../role/role.ts'
import type { AccessChange } from '../access-change.ts'
import { findGrant, findOrganization, findSubject, type AccountRows } from './account-rows.ts'
import { Affected } from './affected.ts'
import { encodeMember, noMember } from './member-code.ts'
import { numberConnection } from './rows-builder.ts'
import { RowsDraft } from './rows-draft.ts'
import { kindOf, numberOf, subjectKey, type SubjectKind } from './subject-key.ts'

/**
 * The rows after these changes, and whose access may now differ: `applyChanges`, at a cost that goes with the
 * change and not with the account.
 */
export function changeRows(
  rows: AccountRows,
  changes: readonly AccessChange[],
  revision: number,
): { readonly rows: AccountRows; readonly affected: Affected } {
  const draft = new RowsDraft(rows, revision)
  const affected = new Affected()
  for (const change of changes) changeRow(draft, affected, change)
  return { rows: draft.rows, affected }
}

export function changeRow(draft: RowsDraft, affected: Affected, change: AccessChange): void {
  const { names } = draft.rows
  switch (change.kind) {
    case 'account_set':
      return draft.setStatus(change.status)
    case 'organization_set':
      return draft.setOrganization(names.organizations.number(change.id), 1)
    case 'organization_removed':
      return removeOrganization(draft, affected, change.id)
    case 'role_set':
      return setRole(draft, affected, change.role)
    case 'role_removed': {
      const number = names.roles.find(change.id)
      if (number === undefined || draft.rows.blueprint.role.has(change.id)) return
      draft.setRole(number, undefined)
      return removeGrants(draft, affected, (position) => draft.rows.grants.role(position) === number)
    }
    case 'member_set': {
      const user = names.users.number(change.member.user)
      affected.users.add(user)
      return draft.setMember(user, encodeMember(names.accounts, change.member))
    }
    case 'member_removed':
      return removeMember(draft, affected, change.user)
    case 'group_set':
      return draft.setGroup(names.groups.number(change.group.id), change.group)
    case 'group_removed':
      return removeGroup(draft, affected, change.id)
    case 'group_member_added':
      return changeMembership(draft, affected, change.group, change.member, true)
    case 'group_member_removed':
      return changeMembership(draft, affected, change.group, change.member, false)
    case 'grant_set':
      return setGrant(draft, affected, change.grant)
    case 'grant_removed': {
      const position = findGrant(draft.rows, change.id)
      return position === undefined ? undefined : removeGrant(draft, affected, position)
    }
    case 'connection_set':
      affected.outsiders = true
      return draft.setConnection(numberConnection(names, change.connection), change.connection)
  }
}

function setGrant(draft: RowsDraft, affected: Affected, grant: Grant): void {
  const subject = findSubject(draft.rows, grant.subject)
  const { organization } = grant
  if (subject === undefined) return
  if (organization !== undefined && findOrganization(draft.rows, organization) === undefined) return

  const before = findGrant(draft.rows, grant.id)
  if (before !== undefined) removeGrant(draft, affected, before)
  draft.addGrant(grant.subject.kind, subject, grant)
  affected.subject(draft.rows, grant.subject.kind, subject)
}

function removeGrant(draft: RowsDraft, affected: Affected, position: number): void {
  const subject = draft.rows.grants.subject(position)
  draft.keepGrants(kindOf(subject), numberOf(subject), (other) => other !== position)
  affected.subject(draft.rows, kindOf(subject), numberOf(subject))
}

/** Takes grants away wherever they are; looks through the whole account, which only rare changes do. */
function removeGrants(draft: RowsDraft, affected: Affected, isGone: (position: number) => boolean): void {
  const counts = subjectCounts(draft.rows)
  for (const [kind, count] of counts) {
    for (let subject = 0; subject < count; subject++) {
      const isChanged = draft.keepGrants(kind, subject, (position) => !isGone(position))
      if (isChanged) affected.subject(draft.rows, kind, subject)
    }
  }
}

function subjectCounts({ names }: AccountRows): (readonly [SubjectKind, number])[] {
  return [
    ['user', names.users.count],
    ['group', names.groups.count],
    ['connection', names.connections.count],
  ]
}

function removeOrganization(draft: RowsDraft, affected: Affected, id: OrganizationId): void {
  const number = draft.rows.names.organizations.find(id)
  if (number === undefined) return

  draft.setOrganization(number, 0)
  removeGrants(draft, affected, (position) => draft.rows.grants.organization(position) === number)
  draft.rows.roles.forEach((role, at) => {
    if (!role || !('organizations' in role) || !role.organizations?.includes(id)) return
    draft.setRole(at, { ...role, organizations: role.organizations.filter((bound) => bound !== id) })
  })
}

/** A change of a role's permissions alone changes what classes hold, and not who has which class. */
function setRole(draft: RowsDraft, affected: Affected, role: CustomRole): void {
  const { names, roles, blueprint } = draft.rows
  if (blueprint.role.has(role.id)) return

  const isNew = names.roles.find(role.id) === undefined
  const number = names.roles.number(role.id)
  const before = roles[number]
  const boundBefore = before && 'organizations' in before ? before.organizations : undefined
  const isBoundAlike = before !== undefined && sameMembers(boundBefore, role.organizations)
  if (!isNew && !isBoundAlike) affected.everyone = true
  draft.setRole(number, role)
}

function sameMembers(
  a: readonly OrganizationId[] | undefined,
  b: readonly OrganizationId[] | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && a.every((id) => b.includes(id))
}

function removeMember(draft: RowsDraft, affected: Affected, id: UserId): void {
  const user = draft.rows.names.users.find(id)
  if (user === undefined) return

  affected.users.add(user)
  draft.setMember(user, noMember)
  draft.keepGrants('user', user, () => false)
  const key = subjectKey('user', user)
  for (const group of draft.rows.groupsOf.user.list(user)) {
    draft.setMembersOf(group, without(draft.rows.membersOf.list(group), key))
  }
  draft.setGroupsOf('user', user, [])
}

function removeGroup(draft: RowsDraft, affected: Affected, id: GroupId): void {
  const group = draft.rows.names.groups.find(id)
  if (group === undefined) return

  affected.subject(draft.rows, 'group', group)
  draft.setGroup(group, undefined)
  draft.keepGrants('group', group, () => false)
  for (const key of draft.rows.membersOf.list(group)) {
    leaveGroup(draft, group, kindOf(key), numberOf(key))
  }
  draft.setMembersOf(group, [])
}

function leaveGroup(draft: RowsDraft, group: number, kind: SubjectKind, member: number): void {
  if (kind === 'group') return
  draft.setGroupsOf(kind, member, without(draft.rows.groupsOf[kind].list(member), group))
}

function changeMembership(
  draft: RowsDraft,
  affected: Affected,
  id: GroupId,
  member: GroupMember,
  isAdded: boolean,
): void {
  const group = findSubject(draft.rows, { kind: 'group', id })
  const number = isAdded ? findSubject(draft.rows, member) : numberOfMember(draft.rows, member)
  if (group === undefined || number === undefined) return

  const key = subjectKey(member.kind, number)
  const members = without(draft.rows.membersOf.list(group), key)
  const groups = without(draft.rows.groupsOf[member.kind].list(number), group)
  draft.setMembersOf(group, isAdded ? [...members, key] : members)
  draft.setGroupsOf(member.kind, number, isAdded ? [...groups, group] : groups)
  affected.subject(draft.rows, member.kind, number)
}

function numberOfMember({ names }: AccountRows, { kind, id }: GroupMember): number | undefined {
  return kind === 'user' ? names.users.find(id) : names.connections.find(id)
}

function without(values: Uint32Array, value: number): Uint32Array {
  return values.filter((other) => other !== value)
}
