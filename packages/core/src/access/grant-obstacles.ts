import { isCurrent } from '../grant/grant.ts'
import type { Moment } from './moment.ts'
import type { GrantObstacle } from './obstacle.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

const noObstacles: readonly GrantObstacle[] = []

/** Why a grant does not count at this moment, whoever asks for whatever; nothing where it does. */
export function grantObstacles(
  rows: AccountRows,
  position: number,
  role: Role | undefined,
  moment: Moment,
): readonly GrantObstacle[] {
  const bounds = rows.grants.bounds(position)
  const { startsAt, endsAt } = bounds
  moment.see(bounds)
  if (!role) return [{ code: 'role_unknown' }]
  if (isCurrent(bounds, moment.at) && isBoundTo(rows, role, position)) return noObstacles

  const obstacles: GrantObstacle[] = []
  if (startsAt !== undefined && startsAt > moment.at) obstacles.push({ code: 'not_started', startsAt })
  if (endsAt !== undefined && endsAt <= moment.at) obstacles.push({ code: 'ended', endsAt })
  if (!isBoundTo(rows, role, position)) {
    obstacles.push({ code: 'role_bound_elsewhere', organizations: boundsOf(role) ?? [] })
  }
  return obstacles
}

function isBoundTo(rows: AccountRows, role: Role, position: number): boolean {
  const bound = boundsOf(role)
  if (!bound) return true

  const organization = rows.grants.organization(position)
  return organization !== none && bound.includes(rows.names.organizations.id(organization))
}

function boundsOf(role: Role) {
  return 'organizations' in role ? role.organizations : undefined
}
