import type { AccountRows } from './account-rows.ts'
import { GrantColumns } from './grant-columns.ts'

/** How much has changed since the columns were packed. */
export function changesIn({ grantsTo, groupsOf, membersOf, grantsChanged }: AccountRows): number {
  const lists = [
    grantsTo.user,
    grantsTo.group,
    grantsTo.connection,
    groupsOf.user,
    groupsOf.connection,
    membersOf,
  ]
  return lists.reduce((sum, { changes }) => sum + changes, grantsChanged.size)
}

/** The same rows with what has changed moved into the columns; every number stays what it was. */
export function packRows(rows: AccountRows): AccountRows {
  const { users, groups, connections } = rows.names
  const grants = new GrantColumns()
  const move = (position: number) =>
    grants.push(
      rows.grants.id(position),
      rows.grants.subject(position),
      rows.grants.role(position),
      rows.grants.organization(position),
      rows.grants.bounds(position),
    )
  const grantsTo = {
    user: rows.grantsTo.user.packed(users.count, move),
    group: rows.grantsTo.group.packed(groups.count, move),
    connection: rows.grantsTo.connection.packed(connections.count, move),
  }
  grants.pack()
  return {
    ...rows,
    grants,
    grantsTo,
    groupsOf: {
      user: rows.groupsOf.user.packed(users.count),
      connection: rows.groupsOf.connection.packed(connections.count),
    },
    membersOf: rows.membersOf.packed(groups.count),
    grantsChanged: new Map(),
  }
}
