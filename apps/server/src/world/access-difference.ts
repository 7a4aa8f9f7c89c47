import { equals } from '@keyholder/core'
import type {
  AccessChange,
  AccountFacts,
  Bounds,
  Connection,
  CustomRole,
  Grant,
  Group,
  GroupMember,
  Member,
} from '@keyholder/core'

/**
 * What turns one state of an account's access into another, where both name things by the same ids.
 *
 * What others refer to comes before them, and goes after them. Grants are the same if they say the same, whatever
 * their ids: a grant that is there keeps its id, and one that stands there twice stays so.
 */
export function accessDifference(stored: AccountFacts, wanted: AccountFacts): AccessChange[] {
  return [
    ...(stored.status === wanted.status ? [] : [{ kind: 'account_set' as const, status: wanted.status }]),
    ...without(wanted.organizations, new Set(stored.organizations)).map((id) => ({
      kind: 'organization_set' as const,
      id,
    })),
    ...changed(stored.roles, wanted.roles, ({ id }) => id, sameRole).map((role) => ({
      kind: 'role_set' as const,
      role,
    })),
    ...changed(stored.members, wanted.members, ({ user }) => user, sameMember).map((member) => ({
      kind: 'member_set' as const,
      member,
    })),
    ...changed(stored.connections, wanted.connections, ({ id }) => id, sameConnection).map((connection) => ({
      kind: 'connection_set' as const,
      connection,
    })),
    ...changed(stored.groups, wanted.groups, ({ id }) => id, sameGroup).map(({ id, key, name, kind }) => ({
      kind: 'group_set' as const,
      group: { id, key, name, kind },
    })),
    ...grantChanges(stored.grants, wanted.grants),
    ...membershipChanges(stored.groups, wanted.groups),
    ...removals(stored, wanted),
  ]
}

/** The wanted things that are not there, or not as wanted. */
function changed<Thing>(
  stored: readonly Thing[],
  wanted: readonly Thing[],
  idOf: (thing: Thing) => string,
  isSame: (a: Thing, b: Thing) => boolean,
): readonly Thing[] {
  const found = new Map(stored.map((thing) => [idOf(thing), thing]))
  return wanted.filter((thing) => {
    const there = found.get(idOf(thing))
    return there === undefined || !isSame(there, thing)
  })
}

function without<Item>(items: readonly Item[], others: ReadonlySet<Item>): readonly Item[] {
  return items.filter((item) => !others.has(item))
}

function sameRole(a: CustomRole, b: CustomRole): boolean {
  return a.key === b.key && a.name === b.name && equals(a.permissions, b.permissions) && sameScope(a, b)
}

/** Bound to nothing is not the same as not bound. */
function sameScope({ organizations: a }: CustomRole, { organizations: b }: CustomRole): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && without(a, new Set(b)).length === 0
}

function sameMember(a: Member, b: Member): boolean {
  return a.status === b.status && a.kind === b.kind && a.home === b.home
}

function sameGroup(a: Group, b: Group): boolean {
  return a.key === b.key && a.name === b.name && a.kind === b.kind
}

function sameConnection(a: Connection, b: Connection): boolean {
  return a.maximum === b.maximum && a.delegates === b.delegates && a.status === b.status && sameBounds(a, b)
}

function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.startsAt === b.startsAt && a.endsAt === b.endsAt
}

function grantChanges(stored: readonly Grant[], wanted: readonly Grant[]): AccessChange[] {
  const there = new Set(stored.map(contentOf))
  const staying = new Set(wanted.map(contentOf))
  return [
    ...stored
      .filter((grant) => !staying.has(contentOf(grant)))
      .map(({ id }) => ({ kind: 'grant_removed' as const, id })),
    ...wanted
      .filter((grant) => !there.has(contentOf(grant)))
      .map((grant) => ({ kind: 'grant_set' as const, grant })),
  ]
}

function contentOf({ subject, role, organization, startsAt, endsAt }: Grant): string {
  return JSON.stringify([subject.kind, subject.id, role, organization, startsAt, endsAt])
}

function membershipChanges(stored: readonly Group[], wanted: readonly Group[]): AccessChange[] {
  const before = new Map(stored.map(({ id, members }) => [id, members]))
  return wanted.flatMap(({ id, members }) => {
    const there = before.get(id) ?? []
    return [
      ...othersThan(there, members).map((member) => ({
        kind: 'group_member_removed' as const,
        group: id,
        member,
      })),
      ...othersThan(members, there).map((member) => ({
        kind: 'group_member_added' as const,
        group: id,
        member,
      })),
    ]
  })
}

function othersThan(members: readonly GroupMember[], others: readonly GroupMember[]): readonly GroupMember[] {
  const ids = new Set<string>(others.map(({ id }) => id))
  return members.filter(({ id }) => !ids.has(id))
}

function removals(stored: AccountFacts, wanted: AccountFacts): AccessChange[] {
  const gone = <Thing, Id>(there: readonly Thing[], staying: readonly Thing[], idOf: (thing: Thing) => Id) =>
    without(there.map(idOf), new Set(staying.map(idOf)))
  return [
    ...gone(stored.groups, wanted.groups, ({ id }) => id).map((id) => ({
      kind: 'group_removed' as const,
      id,
    })),
    ...gone(stored.members, wanted.members, ({ user }) => user).map((user) => ({
      kind: 'member_removed' as const,
      user,
    })),
    ...gone(stored.roles, wanted.roles, ({ id }) => id).map((id) => ({ kind: 'role_removed' as const, id })),
    ...gone(stored.organizations, wanted.organizations, (id) => id).map((id) => ({
      kind: 'organization_removed' as const,
      id,
    })),
  ]
}
