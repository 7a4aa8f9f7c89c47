import type { Group, GroupMember } from '../group/group.ts'
import type { Grant, Subject } from '../grant/grant.ts'
import type { OrganizationId } from '../id.ts'
import type { CustomRole } from '../role/role.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountFacts } from './facts.ts'

/**
 * The facts after these changes, in order; what is removed takes with it what hangs on it.
 *
 * A change to what is not there does nothing: a member of no group, a grant to nobody or over nowhere.
 */
export function applyChanges(
  facts: AccountFacts,
  changes: readonly AccessChange[],
  revision: number = facts.revision + 1,
): AccountFacts {
  return { ...changes.reduce(applyChange, facts), revision }
}

function applyChange(facts: AccountFacts, change: AccessChange): AccountFacts {
  switch (change.kind) {
    case 'account_set':
      return { ...facts, status: change.status }
    case 'organization_set':
      if (facts.organizations.includes(change.id)) return facts
      return { ...facts, organizations: [...facts.organizations, change.id] }
    case 'organization_removed':
      return withoutOrganization(facts, change.id)
    case 'role_set':
      return { ...facts, roles: put(facts.roles, change.role, ({ id }) => id === change.role.id) }
    case 'role_removed':
      return {
        ...facts,
        roles: facts.roles.filter(({ id }) => id !== change.id),
        grants: facts.grants.filter(({ role }) => role !== change.id),
      }
    case 'member_set': {
      const { member } = change
      return { ...facts, members: put(facts.members, member, ({ user }) => user === member.user) }
    }
    case 'member_removed':
      return withoutSubject(
        { ...facts, members: facts.members.filter(({ user }) => user !== change.user) },
        { kind: 'user', id: change.user },
      )
    case 'group_set':
      return withGroup(facts, change.group)
    case 'group_removed':
      return withoutSubject(
        { ...facts, groups: facts.groups.filter(({ id }) => id !== change.id) },
        { kind: 'group', id: change.id },
      )
    case 'group_member_added':
      if (!isKnown(facts, change.member)) return facts
      return withMembers(facts, change.group, (members) => [
        ...without(members, change.member),
        change.member,
      ])
    case 'group_member_removed':
      return withMembers(facts, change.group, (members) => without(members, change.member))
    case 'grant_set':
      if (!isSound(facts, change.grant)) return facts
      return { ...facts, grants: put(facts.grants, change.grant, ({ id }) => id === change.grant.id) }
    case 'grant_removed':
      return { ...facts, grants: facts.grants.filter(({ id }) => id !== change.id) }
    case 'connection_set': {
      const { connection } = change
      return { ...facts, connections: put(facts.connections, connection, ({ id }) => id === connection.id) }
    }
  }
}

/** Replaces the item where it stands, or appends it. */
function put<Item>(items: readonly Item[], item: Item, isSame: (other: Item) => boolean): readonly Item[] {
  return items.some(isSame) ? items.map((other) => (isSame(other) ? item : other)) : [...items, item]
}

function isSame(a: Subject, b: Subject): boolean {
  return a.kind === b.kind && a.id === b.id
}

function without(members: readonly GroupMember[], member: GroupMember): readonly GroupMember[] {
  return members.filter((other) => !isSame(other, member))
}

/** A role that was bound to organizations stays bound when the last of them goes: it can then be granted nowhere. */
function withoutOrganization(facts: AccountFacts, id: OrganizationId): AccountFacts {
  const unbound = (role: CustomRole): CustomRole =>
    role.organizations ? { ...role, organizations: role.organizations.filter((bound) => bound !== id) } : role
  return {
    ...facts,
    organizations: facts.organizations.filter((organization) => organization !== id),
    roles: facts.roles.map(unbound),
    grants: facts.grants.filter(({ organization }) => organization !== id),
  }
}

function withoutSubject(facts: AccountFacts, subject: Subject): AccountFacts {
  return {
    ...facts,
    groups: facts.groups.map((group) => ({
      ...group,
      members: group.members.filter((member) => !isSame(member, subject)),
    })),
    grants: facts.grants.filter((grant) => !isSame(grant.subject, subject)),
  }
}

function withGroup(facts: AccountFacts, group: Omit<Group, 'members'>): AccountFacts {
  const members = facts.groups.find(({ id }) => id === group.id)?.members ?? []
  return { ...facts, groups: put(facts.groups, { ...group, members }, ({ id }) => id === group.id) }
}

function withMembers(
  facts: AccountFacts,
  id: Group['id'],
  change: (members: readonly GroupMember[]) => readonly GroupMember[],
): AccountFacts {
  const groups = facts.groups.map((group) =>
    group.id === id ? { ...group, members: change(group.members) } : group,
  )
  return { ...facts, groups }
}

function isSound(facts: AccountFacts, { subject, organization }: Grant): boolean {
  return isKnown(facts, subject) && (organization === undefined || facts.organizations.includes(organization))
}

function isKnown(facts: AccountFacts, subject: Subject): boolean {
  switch (subject.kind) {
    case 'user':
      return facts.members.some(({ user }) => user === subject.id)
    case 'group':
      return facts.groups.some(({ id }) => id === subject.id)
    case 'connection':
      return facts.connections.some(({ id }) => id === subject.id)
  }
}
