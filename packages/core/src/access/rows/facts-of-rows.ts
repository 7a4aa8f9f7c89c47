import type { AccountFacts } from '../facts.ts'
import type { CustomRole } from '../../role/role.ts'
import { grantAt, groupAt, memberAt, organizationsIn, type AccountRows, type Role } from './account-rows.ts'
import type { Lists } from './lists.ts'

/** The facts that the rows stand for, in the order of their numbers. */
export function factsOfRows(rows: AccountRows): AccountFacts {
  const { names } = rows
  return {
    id: rows.id,
    status: rows.status,
    revision: rows.revision,
    organizations: organizationsIn(rows),
    roles: rows.roles.filter(isCustom),
    members: numbers(names.users.count).flatMap((number) => memberAt(rows, number) ?? []),
    groups: numbers(names.groups.count).flatMap((number) => groupAt(rows, number) ?? []),
    grants: [
      ...positions(rows.grantsTo.user, names.users.count),
      ...positions(rows.grantsTo.group, names.groups.count),
      ...positions(rows.grantsTo.connection, names.connections.count),
    ].map((position) => grantAt(rows, position)),
    connections: rows.connections.filter((connection) => connection !== undefined),
  }
}

function isCustom(role: Role | undefined): role is CustomRole {
  return role !== undefined && !('connects' in role)
}

function positions(lists: Lists, count: number): number[] {
  return numbers(count).flatMap((number) => Array.from(lists.list(number)))
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number)
}
