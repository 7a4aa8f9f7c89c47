import type { AccountRows } from './account-rows.ts'
import { GrantColumns } from './grant-columns.ts'
import { Grants } from './grants.ts'

/** How much has changed since the columns were packed. */
export function changesIn({ grants, grantsTo, groupsOf, membersOf }: AccountRows): number {
  const lists = [
    grantsTo.user,
    grantsTo.group,
    grantsTo.connection,
    groupsOf.user,
    groupsOf.connection,
    membersOf,
  ]
  return lists.reduce((sum, { changes }) => sum + changes, grants.changes)
}

/** The same rows with what has changed moved into the columns; every number stays what it was. */
export function packRows(rows: AccountRows): AccountRows {
  const { users, groups, connections } = rows.names
  const columns = new GrantColumns()
  const move = (position: number) =>
    columns.push({
      id: rows.grants.id(position),
      subject: rows.grants.subject(position),
      role: rows.grants.role(position),
      organization: rows.grants.organization(position),
      bounds: rows.grants.bounds(position),
    })
  const grantsTo = {
    user: rows.grantsTo.user.packed(users.count, move),
    group: rows.grantsTo.group.packed(groups.count, move),
    connection: rows.grantsTo.connection.packed(connections.count, move),
  }
  columns.pack()
  return {
    ...rows,
    grants: new Grants(columns),
    grantsTo,
    groupsOf: {
      user: rows.groupsOf.user.packed(users.count),
      connection: rows.groupsOf.connection.packed(connections.count),
    },
    membersOf: rows.membersOf.packed(groups.count),
  }
}
