import type { Blueprint, BuiltInRole } from '../../blueprint/blueprint.ts'
import type { Connection } from '../../connection/connection.ts'
import type { Grant, Subject } from '../../grant/grant.ts'
import type { Group, GroupMember } from '../../group/group.ts'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../../id.ts'
import type { CustomRole } from '../../role/role.ts'
import type { Member } from '../../user/member.ts'
import type { AccountFacts } from '../facts.ts'
import { none } from './number-column.ts'
import type { Grants } from './grants.ts'
import type { Lists } from './lists.ts'
import { decodeMember, noMember } from './member-code.ts'
import type { Names } from './names.ts'
import { kindOf, numberOf, type SubjectKey, type SubjectKind } from './subject-key.ts'

export type Role = BuiltInRole | CustomRole

/** The numbers of an account's things, shared by all its revisions. */
export interface AccountNames {
  readonly users: Names<UserId>
  readonly organizations: Names<OrganizationId>
  readonly roles: Names<RoleId>
  readonly groups: Names<GroupId>
  readonly connections: Names<ConnectionId>
  readonly accounts: Names<AccountId>
}

/**
 * One account's facts at one revision, in columns by number.
 *
 * INVARIANT: never changed once made; a revision shares every part that it has in common with the one before.
 */
export interface AccountRows {
  readonly blueprint: Blueprint
  readonly id: AccountId
  readonly status: AccountFacts['status']
  readonly revision: number
  readonly names: AccountNames
  /** 1 where the organization exists. */
  readonly organizations: Uint8Array
  readonly roles: readonly (Role | undefined)[]
  readonly groups: readonly (Omit<Group, 'members'> | undefined)[]
  readonly connections: readonly (Connection | undefined)[]
  /** The member code of each user. */
  readonly members: Uint32Array
  /** The groups that a user, or a connection, is in. */
  readonly groupsOf: Readonly<Record<GroupMember['kind'], Lists>>
  /** The subject keys of a group's members. */
  readonly membersOf: Lists
  readonly grants: Grants
  /** The positions of a subject's grants. */
  readonly grantsTo: Readonly<Record<SubjectKind, Lists>>
}

/** The number of a subject that is there: having a number says only that the id was seen once. */
export function findSubject(rows: AccountRows, subject: Subject): number | undefined {
  const number = numberOfSubject(rows, subject)
  return number !== undefined && isPresent(rows, subject.kind, number) ? number : undefined
}

function numberOfSubject({ names }: AccountRows, subject: Subject): number | undefined {
  switch (subject.kind) {
    case 'user':
      return names.users.find(subject.id)
    case 'group':
      return names.groups.find(subject.id)
    case 'connection':
      return names.connections.find(subject.id)
  }
}

function isPresent(rows: AccountRows, kind: SubjectKind, number: number): boolean {
  switch (kind) {
    case 'user':
      return (rows.members[number] ?? noMember) !== noMember
    case 'group':
      return rows.groups[number] !== undefined
    case 'connection':
      return rows.connections[number] !== undefined
  }
}

/** The number of an organization that is there. */
export function findOrganization(rows: AccountRows, id: OrganizationId): number | undefined {
  const number = rows.names.organizations.find(id)
  return number !== undefined && rows.organizations[number] === 1 ? number : undefined
}

/** The organizations that are there, in the order of their numbers. */
export function organizationsIn({ names, organizations }: AccountRows): OrganizationId[] {
  const ids: OrganizationId[] = []
  for (let number = 0; number < names.organizations.count; number++) {
    if (organizations[number] === 1) ids.push(names.organizations.id(number))
  }
  return ids
}

/** The position of a grant that is there. */
export function findGrant(rows: AccountRows, id: GrantId): number | undefined {
  return rows.grants.find(id)
}

export function memberAt({ names, members }: AccountRows, user: number): Member | undefined {
  const code = members[user] ?? noMember
  return code === noMember ? undefined : decodeMember(names.accounts, names.users.id(user), code)
}

export function groupAt(rows: AccountRows, number: number): Group | undefined {
  const group = rows.groups[number]
  if (!group) return undefined
  return { ...group, members: Array.from(rows.membersOf.list(number), (key) => groupMember(rows, key)) }
}

function groupMember(rows: AccountRows, key: SubjectKey): GroupMember {
  const subject = subjectAt(rows, key)
  if (subject.kind === 'group') throw new TypeError('A group cannot be a member of a group')
  return subject
}

export function grantAt(rows: AccountRows, position: number): Grant {
  const { grants, names } = rows
  const role = grants.role(position)
  const organization = grants.organization(position)
  return {
    id: grants.id(position),
    subject: subjectAt(rows, grants.subject(position)),
    ...(role !== none && { role: names.roles.id(role) }),
    ...(organization !== none && { organization: names.organizations.id(organization) }),
    ...grants.bounds(position),
  }
}

/** What a subject's key stands for. */
export function subjectAt({ names }: AccountRows, key: SubjectKey): Subject {
  const kind = kindOf(key)
  const number = numberOf(key)
  switch (kind) {
    case 'user':
      return { kind, id: names.users.id(number) }
    case 'group':
      return { kind, id: names.groups.id(number) }
    case 'connection':
      return { kind, id: names.connections.id(number) }
  }
}
