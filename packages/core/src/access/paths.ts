import type { Permission } from '../blueprint/blueprint.ts'
import type { Group } from '../group/group.ts'
import { has } from '../role/permission-set.ts'
import type { GrantRef, GroupRef, Path, RoleRef, StandingRef, ThroughConnection } from './decision.ts'
import type { Asked, Finding } from './findings.ts'
import type { Route, Through } from './route.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/** A finding with its names: the way from the person to the permission. */
export function pathOf(rows: AccountRows, { route, position, role }: Finding, asked: Asked): Path {
  const { permission, user } = asked
  const through = route.through && throughOf(route.through, asked)
  const until = untilOf(rows, route, position, asked)
  return {
    user,
    account: rows.id,
    ...(through && { through }),
    ...(route.group && { group: groupRef(route.group) }),
    grant: grantRef(rows, position, role),
    permission: isLimited(role, route.through, permission) ? `${permission.key}:own` : permission.key,
    ...(until < Infinity && { until }),
  }
}

/** Whether the way ends in the limited form: because the role has only that, or because a ceiling leaves only that. */
function isLimited(role: Role, through: Through | undefined, { bit, ownBit }: Permission): boolean {
  if (!has(role.permissions, bit)) return true
  return through !== undefined && !passes(through, bit) && passes(through, ownBit)
}

function passes({ maximum, standing }: Through, bit: number): boolean {
  return has(standing.set, bit) && maximum !== undefined && has(maximum.permissions, bit)
}

export function grantRef(rows: AccountRows, position: number, role: Role): GrantRef {
  const organization = rows.grants.organization(position)
  return {
    id: rows.grants.id(position),
    role: roleRef(role),
    ...(organization !== none && { organization: rows.names.organizations.id(organization) }),
    ...rows.grants.bounds(position),
  }
}

export function roleRef({ id, name }: Role): RoleRef {
  return { id, name }
}

export function groupRef({ id, name, kind }: Omit<Group, 'members'>): GroupRef {
  return { id, name, kind }
}

/** The maximum role of a connection; by its id alone where it is gone. */
export function maximumRef({ connection, maximum }: Through): RoleRef {
  return maximum ? roleRef(maximum) : { id: connection.maximum, name: connection.maximum }
}

function throughOf(through: Through, asked: Asked): ThroughConnection {
  const { connection, home } = through
  return {
    connection: connection.id,
    guest: home.id,
    maximum: maximumRef(through),
    standing: standingFor(through, asked).map(({ position, role, group }): StandingRef => {
      return {
        grant: home.grants.id(position),
        role: roleRef(role),
        ...(group && { group: groupRef(group) }),
      }
    }),
  }
}

/** The grants at home that give standing for what is asked. */
function standingFor({ standing }: Through, { bit }: Asked) {
  return standing.grants.flatMap(({ position, role, group, obstacles }) =>
    obstacles.length === 0 && has(role.permissions, bit) ? [{ position, role, group }] : [],
  )
}

/** A way ends with the grant, with the connection, or with the last grant that gives standing. */
function untilOf(rows: AccountRows, { through }: Route, position: number, asked: Asked): number {
  const ends = [rows.grants.bounds(position).endsAt]
  if (through) {
    const { connection, home } = through
    const standing = standingFor(through, asked).map(
      (grant) => home.grants.bounds(grant.position).endsAt ?? Infinity,
    )
    ends.push(connection.endsAt, ...(standing.length > 0 ? [Math.max(...standing)] : []))
  }
  return Math.min(...ends.map((end) => end ?? Infinity))
}
