import type { AccountFacts, Facts } from '../access/facts.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import type { Connection, ConnectionStatus } from '../connection/connection.ts'
import type { Grant, Subject } from '../grant/grant.ts'
import type { Group } from '../group/group.ts'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import { setOf } from '../role/permission-set.ts'
import type { CustomRole } from '../role/role.ts'
import type { Member } from '../user/member.ts'
import { readable } from './arbitrary-world.ts'

/** An account in the words of a world file. */
export interface AccountSketch {
  readonly status?: AccountFacts['status']
  readonly organizations?: readonly string[]
  /** Custom roles: what they may do, and what they are bound to. */
  readonly roles?: Readonly<
    Record<string, { readonly permissions: readonly string[]; readonly organizations?: readonly string[] }>
  >
  /** People who belong here; somebody suspended is written `ann (suspended)`. */
  readonly users?: readonly string[]
  readonly external?: readonly string[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
  readonly ssoGroups?: Readonly<Record<string, readonly string[]>>
  readonly grants?: readonly GrantSketch[]
  readonly connections?: Readonly<Record<string, ConnectionSketch>>
}

interface GrantSketch {
  /** A user's name, `group:<name>`, or `connection:<guest>`. */
  readonly to: string
  readonly role?: string
  readonly on?: string
  readonly from?: number
  readonly until?: number
}

interface ConnectionSketch {
  readonly maximum: string
  /** A group of the guest. */
  readonly delegates?: string
  readonly status?: ConnectionStatus
  readonly from?: number
  readonly until?: number
}

/** A small world written by hand; every id is the name, and a grant's is `<account>-1` and so on. */
export function worldOf(blueprint: Blueprint, accounts: Readonly<Record<string, AccountSketch>>): Facts {
  const homes = new Map(
    Object.entries(accounts).flatMap(([account, { users = [] }]) =>
      users.map((user) => [nameOf(user), account]),
    ),
  )
  const all = Object.entries(accounts).map(([id, sketch]) => accountOf(blueprint, homes, id, sketch))
  return { ...readable(all), blueprint }
}

function accountOf(
  blueprint: Blueprint,
  homes: ReadonlyMap<string, string>,
  id: string,
  sketch: AccountSketch,
): AccountFacts {
  const {
    status = 'active',
    organizations = [],
    users = [],
    external = [],
    grants = [],
    connections = {},
  } = sketch
  return {
    id: id as AccountId,
    status,
    revision: 1,
    organizations: organizations as OrganizationId[],
    roles: Object.entries(sketch.roles ?? {}).map(([name, role]) => roleOf(blueprint, name, role)),
    members: [
      ...users.map((user) => memberOf(user, 'home', id)),
      ...external.map((user) => memberOf(user, 'external', homes.get(nameOf(user)) ?? 'elsewhere')),
    ],
    groups: [
      ...Object.entries(sketch.groups ?? {}).map(([name, members]) => groupOf(name, 'manual', members, id)),
      ...Object.entries(sketch.ssoGroups ?? {}).map(([name, members]) => groupOf(name, 'sso', members, id)),
    ],
    grants: grants.map((grant, i) => grantOf(grant, `${id}-${i + 1}`, id)),
    connections: Object.entries(connections).map(([guest, connection]) =>
      connectionOf(connection, guest, id),
    ),
  }
}

function nameOf(user: string): string {
  return user.replace(' (suspended)', '')
}

function memberOf(user: string, kind: Member['kind'], home: string): Member {
  const status = user === nameOf(user) ? 'active' : 'suspended'
  return { user: nameOf(user) as UserId, kind, status, home: home as AccountId }
}

function roleOf(
  blueprint: Blueprint,
  name: string,
  {
    permissions,
    organizations,
  }: { readonly permissions: readonly string[]; readonly organizations?: readonly string[] },
): CustomRole {
  const bits = permissions.flatMap((form) => {
    const permission = blueprint.permission.get(form)
    const bit = blueprint.bits.get(form)
    if (bit === undefined) throw new RangeError(`No permission is called ${form}`)
    return permission ? [permission.bit, permission.ownBit] : [bit]
  })
  return {
    id: name as RoleId,
    key: name,
    name,
    permissions: setOf(blueprint.size, bits),
    ...(organizations && { organizations: organizations as OrganizationId[] }),
  }
}

function groupOf(name: string, kind: Group['kind'], members: readonly string[], account: string): Group {
  return {
    id: name as GroupId,
    key: name,
    name,
    kind,
    members: members
      .map((member) => subjectOf(member, account))
      .filter((subject) => subject.kind !== 'group'),
  }
}

function grantOf({ to, role, on, from, until }: GrantSketch, id: string, account: string): Grant {
  return {
    id: id as GrantId,
    subject: subjectOf(to, account),
    ...(role !== undefined && { role: role as RoleId }),
    ...(on !== undefined && { organization: on as OrganizationId }),
    ...(from !== undefined && { startsAt: from }),
    ...(until !== undefined && { endsAt: until }),
  }
}

function subjectOf(written: string, account: string): Subject {
  const [kind, name] = written.split(':')
  if (name === undefined) return { kind: 'user', id: written as UserId }
  return kind === 'group'
    ? { kind, id: name as GroupId }
    : { kind: 'connection', id: connectionId(account, name) }
}

function connectionOf(
  { maximum, delegates = 'everyone', status = 'active', from, until }: ConnectionSketch,
  guest: string,
  account: string,
): Connection {
  return {
    id: connectionId(account, guest),
    host: account as AccountId,
    guest: guest as AccountId,
    maximum: maximum as RoleId,
    delegates: delegates as Connection['delegates'],
    status,
    ...(from !== undefined && { startsAt: from }),
    ...(until !== undefined && { endsAt: until }),
  }
}

function connectionId(host: string, guest: string): ConnectionId {
  return `${host}-${guest}` as ConnectionId
}
