import type { Connection } from '../connection/connection.ts'
import type { AccountId, UserId } from '../id.ts'
import type { Directory } from './directory.ts'
import type { Moment } from './moment.ts'
import type { ConnectionObstacle, PersonObstacle } from './obstacle.ts'
import { routesOf, type Route, type Through } from './route.ts'
import type { AccountRows } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'
import {
  homeOf,
  isActiveAtHome,
  isExternal,
  isSuspended,
  noMember,
  type MemberCode,
} from './rows/member-code.ts'
import { standingOf } from './standing.ts'

/**
 * Every way in which grants of this account reach this person, open or closed.
 *
 * INVARIANT: the one place that says so. What is compiled for fast answers and what is explained both walk these.
 */
export function routesTo(
  directory: Directory,
  rows: AccountRows,
  user: UserId,
  moment: Moment,
): readonly Route[] {
  const number = rows.names.users.find(user)
  const code = codeOf(rows, user)
  const home = homeFor(directory, rows, user)
  const person = personObstacles(rows, user, code, home)
  const own = number === undefined || code === noMember ? [] : routesOf(rows, 'user', number, person)
  return home === undefined || home.id === rows.id
    ? own
    : [...own, ...routesThrough(rows, home, user, person, moment)]
}

/** The number of the role that a grant gives along a route: a grant to a connection without one means its maximum. */
export function grantedRole(rows: AccountRows, { kind, through }: Route, position: number): number {
  const role = rows.grants.role(position)
  if (role !== none || kind !== 'connection' || !through) return role
  return maximumOf(rows, through.connection)
}

/** The number of a connection's maximum role. */
export function maximumOf({ names }: AccountRows, { maximum }: Connection): number {
  return names.roles.find(maximum) ?? none
}

/** The account that a person belongs to, as far as this account knows: as a member, or through a connection. */
export function homeFor(directory: Directory, rows: AccountRows, user: UserId): AccountRows | undefined {
  const code = codeOf(rows, user)
  if (code !== noMember) {
    return isExternal(code) ? directory.account(homeOf(rows.names.accounts, code))?.rows : rows
  }
  for (const connection of rows.connections) {
    const guest = connection && directory.account(connection.guest)?.rows
    if (guest && isHomeOf(guest, user)) return guest
  }
  return undefined
}

function isHomeOf(rows: AccountRows, user: UserId): boolean {
  const code = codeOf(rows, user)
  return code !== noMember && !isExternal(code)
}

function codeOf(rows: AccountRows, user: UserId): MemberCode {
  return rows.members[rows.names.users.find(user) ?? -1] ?? noMember
}

function personObstacles(
  rows: AccountRows,
  user: UserId,
  code: MemberCode,
  home: AccountRows | undefined,
): readonly PersonObstacle[] {
  const obstacles: PersonObstacle[] = []
  if (isSuspended(code)) obstacles.push({ code: 'member_suspended', account: rows.id, user })
  const account: AccountId | undefined = isExternal(code) ? homeOf(rows.names.accounts, code) : home?.id
  const isElsewhere = account !== undefined && account !== rows.id
  if (isElsewhere && !(home && isActiveAtHome(codeOf(home, user)))) {
    obstacles.push({ code: 'inactive_at_home', account, user })
  }
  return obstacles
}

function routesThrough(
  rows: AccountRows,
  home: AccountRows,
  user: UserId,
  person: readonly PersonObstacle[],
  moment: Moment,
): Route[] {
  const atHome = home.names.users.find(user)
  const isFromHome = (connection: Connection | undefined) => connection?.guest === home.id
  if (atHome === undefined || !rows.connections.some(isFromHome)) return []

  const standing = standingOf(home, atHome, moment)
  return rows.connections.flatMap((connection, number) => {
    if (!connection || !isFromHome(connection)) return []
    const obstacles = [...person, ...connectionObstacles(connection, home, atHome, moment)]
    const maximum = rows.roles[maximumOf(rows, connection)]
    const through: Through = { connection, maximum, home, standing }
    return routesOf(rows, 'connection', number, obstacles, through)
  })
}

function connectionObstacles(
  connection: Connection,
  home: AccountRows,
  user: number,
  moment: Moment,
): ConnectionObstacle[] {
  const { id, status, delegates, startsAt, endsAt } = connection
  moment.see(connection)
  const obstacles: ConnectionObstacle[] = []
  if (status !== 'active') obstacles.push({ code: 'connection_not_active', connection: id, status })
  if (startsAt !== undefined && startsAt > moment.at) {
    obstacles.push({ code: 'connection_not_started', connection: id, startsAt })
  }
  if (endsAt !== undefined && endsAt <= moment.at) {
    obstacles.push({ code: 'connection_over', connection: id, endsAt })
  }
  if (home.status === 'suspended') {
    obstacles.push({ code: 'guest_suspended', connection: id, account: home.id })
  }
  if (delegates !== 'everyone' && !isInGroup(home, user, home.names.groups.find(delegates))) {
    obstacles.push({ code: 'not_a_delegate', connection: id, group: delegates })
  }
  return obstacles
}

function isInGroup(rows: AccountRows, user: number, group: number | undefined): boolean {
  return group !== undefined && rows.groupsOf.user.list(user).includes(group)
}
