import type { Permission } from '../blueprint/blueprint.ts'
import type { UserId } from '../id.ts'
import { has } from '../role/permission-set.ts'
import type { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import type { Question } from './facts.ts'
import { grantObstacles } from './grant-obstacles.ts'
import { Moment } from './moment.ts'
import type { CeilingObstacle, Obstacle, StandingMiss } from './obstacle.ts'
import type { Route, Through } from './route.ts'
import { grantedRole, routesTo } from './routes.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/** A grant whose role has the permission in some form, on its way to the person, and what stands in that way. */
export interface Finding {
  readonly route: Route
  readonly position: number
  readonly role: Role
  readonly obstacles: readonly Obstacle[]
}

/** What is asked, with its names looked up. */
export interface Asked {
  readonly user: UserId
  readonly permission: Permission
  /** The bit that has to be held: of the whole form, or, for the owner of the resource, of the limited one. */
  readonly bit: number
  readonly scope: number
  readonly at: number
}

export function ask(permission: Permission, scope: number, { user, owner, at }: Question): Asked {
  return { user, permission, bit: owner === user ? permission.ownBit : permission.bit, scope, at }
}

/**
 * Every grant that bears on a question; of those over the wrong scope, only on demand. The question is allowed exactly
 * when one has nothing in its way.
 *
 * Walks the same routes, and counts the same grants, as the compiled answer does.
 */
export function findingsFor(
  directory: Directory,
  { rows }: AccountIndex,
  asked: Asked,
  { isOutOfScopeWanted }: { readonly isOutOfScopeWanted: boolean },
): Finding[] {
  const moment = new Moment(asked.at)
  const findings: Finding[] = []
  for (const route of routesTo(directory, rows, asked.user, moment)) {
    rows.grantsTo[route.kind].each(route.subject, (position) => {
      if (!isOutOfScopeWanted && !isInScope(rows, position, asked)) return
      const role = rows.roles[grantedRole(rows, route, position)]
      if (!role || !has(role.permissions, asked.permission.ownBit)) return
      findings.push({
        route,
        position,
        role,
        obstacles: obstaclesFor(rows, route, position, role, asked, moment),
      })
    })
  }
  return findings
}

function obstaclesFor(
  rows: AccountRows,
  route: Route,
  position: number,
  role: Role,
  asked: Asked,
  moment: Moment,
): Obstacle[] {
  const obstacles: Obstacle[] = [...route.obstacles, ...grantObstacles(rows, position, role, moment)]
  if (rows.status === 'suspended') obstacles.push({ code: 'account_suspended', account: rows.id })
  if (!isInScope(rows, position, asked)) obstacles.push(scopeObstacle(rows, position, asked))
  if (!has(role.permissions, asked.bit)) obstacles.push({ code: 'own_only' })
  if (route.through) obstacles.push(...ceilingObstacles(route.through, asked))
  return obstacles
}

function isInScope(rows: AccountRows, position: number, { permission, scope }: Asked): boolean {
  const over = rows.grants.organization(position)
  return over === none || (over === scope && permission.level === 'organization')
}

function scopeObstacle(rows: AccountRows, position: number, { permission, scope }: Asked): Obstacle {
  const organization = rows.names.organizations.id(rows.grants.organization(position))
  const isAboutAccount = scope === none || permission.level === 'account'
  return { code: isAboutAccount ? 'not_over_the_account' : 'other_organization', organization }
}

function ceilingObstacles(through: Through, { permission, bit }: Asked): CeilingObstacle[] {
  const { connection, maximum, home, standing } = through
  const obstacles: CeilingObstacle[] = []
  if (!maximum || !has(maximum.permissions, bit)) {
    obstacles.push({ code: 'beyond_maximum', connection: connection.id, maximum: connection.maximum })
  }
  if (!has(standing.set, bit)) {
    const near = standingMisses(through, permission, bit)
    obstacles.push({ code: 'beyond_standing', connection: connection.id, account: home.id, near })
  }
  if (permission.guarded) obstacles.push({ code: 'guarded', connection: connection.id })
  return obstacles
}

/** The grants at home that would give standing but for something. */
function standingMisses({ home, standing }: Through, permission: Permission, bit: number): StandingMiss[] {
  return standing.grants.flatMap(({ position, role, group, obstacles }) => {
    if (!has(role.permissions, permission.ownBit)) return []
    return {
      grant: home.grants.id(position),
      role: role.id,
      ...(group && { group: group.id }),
      obstacles: has(role.permissions, bit) ? obstacles : [...obstacles, { code: 'own_only' as const }],
    }
  })
}
