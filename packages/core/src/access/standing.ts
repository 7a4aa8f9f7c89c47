import type { Group } from '../group/group.ts'
import { emptySet, union, type PermissionSet } from '../role/permission-set.ts'
import { grantObstacles } from './grant-obstacles.ts'
import type { Moment } from './moment.ts'
import type { StandingMiss } from './obstacle.ts'
import { routesOf } from './route.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/** A grant at somebody's home, and what keeps it from adding to their standing. */
interface StandingGrant {
  readonly position: number
  readonly role: Role
  readonly group: Omit<Group, 'members'> | undefined
  readonly obstacles: StandingMiss['obstacles']
}

/** What somebody holds over the whole of their home account, by roles that connect. */
export interface Standing {
  readonly set: PermissionSet
  readonly grants: readonly StandingGrant[]
}

/** The standing of a user of this account. */
export function standingOf(home: AccountRows, user: number, moment: Moment): Standing {
  const grants: StandingGrant[] = []
  let set = emptySet(home.blueprint.size)
  for (const { kind, subject, group } of routesOf(home, 'user', user, [])) {
    home.grantsTo[kind].each(subject, (position) => {
      const role = home.roles[home.grants.role(position)]
      if (!role) return
      const obstacles = standingObstacles(home, position, role, moment)
      grants.push({ position, role, group, obstacles })
      if (obstacles.length === 0) set = union(set, role.permissions)
    })
  }
  return { set, grants }
}

function standingObstacles(
  home: AccountRows,
  position: number,
  role: Role,
  moment: Moment,
): StandingMiss['obstacles'] {
  const ofGrant = grantObstacles(home, position, role, moment)
  const number = home.grants.organization(position)
  const connects = !('connects' in role) || role.connects
  if (connects && number === none) return ofGrant

  const organization = number === none ? undefined : home.names.organizations.id(number)
  return [
    ...ofGrant,
    ...(connects ? [] : [{ code: 'does_not_connect' as const }]),
    ...(organization === undefined ? [] : [{ code: 'not_over_the_account' as const, organization }]),
  ]
}
