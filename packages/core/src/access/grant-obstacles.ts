import { isCurrent } from '../grant/grant.ts'
import type { OrganizationId } from '../id.ts'
import type { Moment } from './moment.ts'
import type { GrantObstacle } from './obstacle.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

const noObstacles: readonly GrantObstacle[] = []

/** Why a grant does not count at this moment, whoever asks for whatever; nothing where it does. */
export function grantObstacles(
  rows: AccountRows,
  position: number,
  role: Role,
  moment: Moment,
): readonly GrantObstacle[] {
  const bounds = rows.grants.bounds(position)
  const { startsAt, endsAt } = bounds
  moment.see(bounds)
  const organizations = 'organizations' in role ? role.organizations : undefined
  if (organizations === undefined && isCurrent(bounds, moment.at)) return noObstacles

  const obstacles: GrantObstacle[] = []
  if (startsAt !== undefined && startsAt > moment.at) obstacles.push({ code: 'not_started', startsAt })
  if (endsAt !== undefined && endsAt <= moment.at) obstacles.push({ code: 'ended', endsAt })
  if (organizations && !isOverOneOf(rows, position, organizations)) {
    obstacles.push({ code: 'role_bound_elsewhere', organizations })
  }
  return obstacles
}

function isOverOneOf(rows: AccountRows, position: number, organizations: readonly OrganizationId[]): boolean {
  const organization = rows.grants.organization(position)
  return organization !== none && organizations.includes(rows.names.organizations.id(organization))
}
