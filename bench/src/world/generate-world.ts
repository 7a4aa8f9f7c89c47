import {
  setOf,
  type AccountFacts,
  type AccountId,
  type Blueprint,
  type Connection,
  type ConnectionId,
  type CustomRole,
  type Facts,
  type Grant,
  type GrantId,
  type Group,
  type GroupId,
  type Member,
  type OrganizationId,
  type RoleId,
  type Subject,
  type UserId,
} from '@keyholder/core'
import { randomOf, type Random } from './random.ts'
import type { Size } from './size.ts'

/** A moment that every bounded grant of a generated world is bounded around. */
export const now = Date.UTC(2026, 0, 1, 12)

const hour = 3_600_000

export interface GeneratedWorld {
  readonly facts: Facts
  readonly host: AccountId
  /** The members of the host account and the people of the accounts that it lets in. */
  readonly users: readonly UserId[]
  readonly organizations: readonly OrganizationId[]
}

/**
 * A host account of this size with everything that the model has: groups, custom roles (some bound to one
 * organization), restricted and external users, grants with a start or an end, and connections with a ceiling.
 * The same seed gives the same world.
 */
export function generateWorld(blueprint: Blueprint, size: Size, seed: number): GeneratedWorld {
  const random = randomOf(seed)
  const host = accountId('host')
  const guests = times(size.guests, (i) => guestAccount(blueprint, random, accountId(`guest-${i}`), size))
  const organizations = times(size.organizations, (i) => `org_${i}` as OrganizationId)
  const roles = times(size.customRoles, (i) => customRole(blueprint, random, i, organizations))
  const members = [...homeMembers(host, size.users), ...externalMembers(random, guests)]
  const connections = guests.map(({ id }, i) => connectionTo(random, host, id, i))
  const groups = times(size.groups, (i) => groupOf(random, i, members, connections))

  const account: AccountFacts = {
    id: host,
    status: 'active',
    revision: 1,
    organizations,
    roles,
    members,
    groups,
    grants: grantsIn(blueprint, random, { organizations, roles, members, groups, connections, size }),
    connections,
  }
  return {
    facts: { blueprint, accounts: new Map([account, ...guests].map((each) => [each.id, each])) },
    host,
    users: [...new Set([account, ...guests].flatMap((each) => each.members.map(({ user }) => user)))],
    organizations,
  }
}

interface Parts extends Pick<AccountFacts, 'organizations' | 'roles' | 'members' | 'groups' | 'connections'> {
  readonly size: Size
}

function grantsIn(blueprint: Blueprint, random: Random, parts: Parts): Grant[] {
  const { organizations, roles, members, groups, connections, size } = parts
  const builtIn = blueprint.roles.map(({ id }) => id)
  let next = 0
  const grant = (subject: Subject, role: RoleId | undefined, organization?: OrganizationId): Grant => ({
    id: `grt_${next++}` as GrantId,
    subject,
    ...(role === undefined ? {} : { role }),
    ...(organization === undefined ? {} : { organization }),
    ...bounds(random),
  })
  const somewhere = (subject: Subject): Grant => {
    const role = random.chance(0.3) && roles.length > 0 ? random.pick(roles) : undefined
    const organization = role?.organizations ? random.pick(role.organizations) : random.pick(organizations)
    return grant(subject, role?.id ?? random.pick(builtIn), organization)
  }
  return [
    ...members.flatMap(({ user, kind }) => {
      const subject: Subject = { kind: 'user', id: user }
      const isRestricted = kind === 'external' || random.chance(0.3)
      return [
        ...(isRestricted ? [] : [grant(subject, random.pick(builtIn))]),
        ...times(random.int(2 * size.grantsPerUser + 1), () => somewhere(subject)),
      ]
    }),
    ...groups.flatMap(({ id }) => times(4, () => somewhere({ kind: 'group', id }))),
    ...connections.flatMap(({ id }) =>
      times(10, () => grant({ kind: 'connection', id }, undefined, random.pick(organizations))),
    ),
  ]
}

function bounds(random: Random): { startsAt?: number; endsAt?: number } {
  if (!random.chance(0.05)) return {}
  return random.chance(0.5)
    ? { startsAt: now + hour * (random.int(48) - 24) }
    : { endsAt: now + hour * (random.int(48) - 24) }
}

function customRole(
  blueprint: Blueprint,
  random: Random,
  i: number,
  organizations: readonly OrganizationId[],
): CustomRole {
  const held = blueprint.permissions.filter(() => random.chance(0.3))
  const bits = held.flatMap(({ bit, ownBit }) => (random.chance(0.3) ? [ownBit] : [bit, ownBit]))
  return {
    id: `rol_${i}` as RoleId,
    key: `custom-${i}`,
    name: `Custom ${i}`,
    permissions: setOf(blueprint.size, bits),
    ...(random.chance(0.2) ? { organizations: [random.pick(organizations)] } : {}),
  }
}

function guestAccount(blueprint: Blueprint, random: Random, id: AccountId, size: Size): AccountFacts {
  const members = times(size.usersPerGuest, (i): Member => ({
    user: `usr_${id}_${i}` as UserId,
    kind: 'home',
    status: 'active',
    home: id,
  }))
  return {
    id,
    status: 'active',
    revision: 1,
    organizations: [],
    roles: [],
    members,
    groups: [],
    grants: members.map(({ user }, i) => ({
      id: `grt_${id}_${i}` as GrantId,
      subject: { kind: 'user', id: user },
      role: random.pick(blueprint.roles).id,
    })),
    connections: [],
  }
}

function homeMembers(home: AccountId, count: number): Member[] {
  return times(count, (i) => ({ user: `usr_${i}` as UserId, kind: 'home', status: 'active', home }))
}

/** A tenth of each guest's people are also invited in person. */
function externalMembers(random: Random, guests: readonly AccountFacts[]): Member[] {
  return guests.flatMap(({ members }) =>
    members
      .filter(() => random.chance(0.1))
      .map(({ user, home }) => ({ user, kind: 'external', status: 'active', home })),
  )
}

function connectionTo(random: Random, host: AccountId, guest: AccountId, i: number): Connection {
  const maximum = random.pick(['administrator', 'user', 'viewer']) as RoleId
  return { id: `con_${i}` as ConnectionId, host, guest, maximum, delegates: 'everyone', status: 'active' }
}

function groupOf(
  random: Random,
  i: number,
  members: readonly Member[],
  connections: readonly Connection[],
): Group {
  return {
    id: `grp_${i}` as GroupId,
    key: `group-${i}`,
    name: `Group ${i}`,
    kind: random.chance(0.2) ? 'sso' : 'manual',
    members: [
      ...members.filter(() => random.chance(0.05)).map(({ user }) => ({ kind: 'user' as const, id: user })),
      ...connections.filter(() => random.chance(0.1)).map(({ id }) => ({ kind: 'connection' as const, id })),
    ],
  }
}

function accountId(name: string): AccountId {
  return `acc_${name}` as AccountId
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}
