import type { AccountId, ConnectionId, UserId } from '../id.ts'
import { emptySet, intersection, isEmpty, isSubset, type PermissionSet } from '../role/permission-set.ts'
import type { AccountIndex } from './account-index.ts'
import { carried } from './carried.ts'
import type { GrantRef, GroupRef, RoleRef } from './decision.ts'
import type { Directory } from './directory.ts'
import { grantObstacles } from './grant-obstacles.ts'
import { Moment } from './moment.ts'
import type { Obstacle } from './obstacle.ts'
import { grantRef, groupRef, maximumRef, roleRef } from './paths.ts'
import { knownRole, within, type Extent, type RoleLabel } from './role-label.ts'
import type { Route, Through } from './route.ts'
import { grantedRole, routesTo } from './routes.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/** A grant that reaches a person, and what it adds to their access. */
export interface AccessLine {
  readonly grant: GrantRef
  readonly group?: GroupRef | undefined
  readonly through?:
    | { readonly connection: ConnectionId; readonly guest: AccountId; readonly maximum: RoleRef }
    | undefined
  /** What it carries, or would carry but for the obstacles. */
  readonly permissions: PermissionSet
  readonly label: RoleLabel
  /** Why it does not count at this moment; nothing where it does. */
  readonly obstacles: readonly Obstacle[]
}

/** Every grant that reaches a person in an account, whether it counts at this moment or not. */
export function accessLines(
  directory: Directory,
  { rows }: AccountIndex,
  user: UserId,
  at: number,
): AccessLine[] {
  const moment = new Moment(at)
  const ofAccount: Obstacle[] =
    rows.status === 'suspended' ? [{ code: 'account_suspended', account: rows.id }] : []
  const lines: AccessLine[] = []
  for (const route of routesTo(directory, rows, user, moment)) {
    rows.grantsTo[route.kind].each(route.subject, (position) => {
      const role = rows.roles[grantedRole(rows, route, position)]
      if (!role) return
      const obstacles = [...ofAccount, ...route.obstacles, ...grantObstacles(rows, position, role, moment)]
      lines.push(lineOf(rows, route, position, role, obstacles))
    })
  }
  return lines
}

function lineOf(
  rows: AccountRows,
  { through, group }: Route,
  position: number,
  role: Role,
  obstacles: readonly Obstacle[],
): AccessLine {
  const isOverAccount = rows.grants.organization(position) === none
  const maximum = through?.maximum
  const ceiling = through && {
    maximum: maximum?.permissions ?? emptySet(rows.blueprint.size),
    standing: through.standing.set,
  }
  const permissions = carried(rows.blueprint, role.permissions, isOverAccount, ceiling)
  return {
    grant: grantRef(rows, position, role),
    ...(group && { group: groupRef(group) }),
    ...(through && {
      through: {
        connection: through.connection.id,
        guest: through.home.id,
        maximum: maximumRef(through),
      },
    }),
    permissions,
    label: through
      ? labelThrough(rows, through, role, permissions, isOverAccount)
      : { roles: [roleRef(role)], limitedBy: [] },
    obstacles,
  }
}

/** The role that the result comes to, where there is one; else the granted role and what cuts it down. */
function labelThrough(
  rows: AccountRows,
  { maximum, standing }: Through,
  role: Role,
  permissions: PermissionSet,
  isOverAccount: boolean,
): RoleLabel {
  const extent: Extent = { isOverAccount, isThrough: true }
  const known = knownRole(rows.blueprint, [role, maximum, ...rows.roles], permissions, extent)
  if (known) return { roles: [roleRef(known)], limitedBy: [] }
  if (!maximum || isEmpty(permissions)) return { roles: [], limitedBy: [] }

  const granted = within(rows.blueprint, role.permissions, extent)
  const limitedBy: Role[] = []
  if (!isSubset(granted, maximum.permissions)) limitedBy.push(maximum)
  if (!isSubset(intersection(granted, maximum.permissions), standing.set)) {
    limitedBy.push(
      ...standing.grants.flatMap(({ role: held, obstacles }) => (obstacles.length === 0 ? held : [])),
    )
  }
  return { roles: [roleRef(role)], limitedBy: limitedBy.map(roleRef) }
}
