import type { Grant } from '../grant/grant.ts'
import type { OrganizationId, RoleId } from '../id.ts'
import type { AccountIndex } from './account-index.ts'
import { findGrant, grantAt } from './rows/account-rows.ts'

/** Every grant over this organization, and not those over the whole account. Looks through the column of organizations. */
export function grantsOver({ rows }: AccountIndex, id: OrganizationId): readonly Grant[] {
  const number = rows.names.organizations.find(id)
  return grantsWhere(rows, (position) => rows.grants.organization(position) === number)
}

/** Every grant of this role. Looks through the column of roles. */
export function grantsOfRole({ rows }: AccountIndex, id: RoleId): readonly Grant[] {
  const number = rows.names.roles.find(id)
  return grantsWhere(rows, (position) => rows.grants.role(position) === number)
}

/** The columns also hold grants of other revisions: one counts where its id still stands for that position. */
function grantsWhere(rows: AccountIndex['rows'], is: (position: number) => boolean): readonly Grant[] {
  const found: Grant[] = []
  for (let position = 0; position < rows.grants.length; position++) {
    if (is(position) && findGrant(rows, rows.grants.id(position)) === position)
      found.push(grantAt(rows, position))
  }
  return found
}
