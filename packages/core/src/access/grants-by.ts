import type { Grant, Subject } from '../grant/grant.ts'
import type { OrganizationId, RoleId } from '../id.ts'
import type { AccountIndex } from './account-index.ts'
import { findGrant, grantAt, subjectAt, type AccountRows } from './rows/account-rows.ts'

/** Every grant over this organization, and not those over the whole account. Looks through the column of organizations. */
export function grantsOver({ rows }: AccountIndex, id: OrganizationId): readonly Grant[] {
  const number = rows.names.organizations.find(id)
  const positions = positionsWhere(rows, (position) => rows.grants.organization(position) === number)
  return positions.map((position) => grantAt(rows, position))
}

/** Every grant of this role. Looks through the column of roles. */
export function grantsOfRole({ rows }: AccountIndex, id: RoleId): readonly Grant[] {
  return positionsOfRole(rows, id).map((position) => grantAt(rows, position))
}

/** Whom this role was granted to; quicker than the grants themselves, where very many hold it. */
export function holdersOfRole({ rows }: AccountIndex, id: RoleId): readonly Subject[] {
  return positionsOfRole(rows, id).map((position) => subjectAt(rows, rows.grants.subject(position)))
}

function positionsOfRole(rows: AccountRows, id: RoleId): readonly number[] {
  const number = rows.names.roles.find(id)
  return positionsWhere(rows, (position) => rows.grants.role(position) === number)
}

/** The columns also hold grants of other revisions: one counts where its id still stands for that position. */
function positionsWhere(rows: AccountRows, is: (position: number) => boolean): readonly number[] {
  const found: number[] = []
  for (let position = 0; position < rows.grants.length; position++) {
    if (is(position) && findGrant(rows, rows.grants.id(position)) === position) found.push(position)
  }
  return found
}
