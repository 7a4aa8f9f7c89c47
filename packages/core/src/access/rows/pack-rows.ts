import type { AccountRows } from './account-rows.ts'
import { gatherGrants } from './gather-grants.ts'
import { GrowingColumn } from './growing-column.ts'
import { Lists } from './lists.ts'
import { StagedGrants } from './staged-grants.ts'
import type { SubjectKind } from './subject-key.ts'

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

/** The same rows with what has changed moved into the columns; the numbers of ids stay what they were. */
export function packRows(rows: AccountRows): AccountRows {
  const { users, groups, connections } = rows.names
  const counts = { user: users.count, group: groups.count, connection: connections.count }
  return {
    ...rows,
    ...gatherGrants(stagedOf(rows, counts), counts),
    groupsOf: {
      user: packed(rows.groupsOf.user, counts.user),
      connection: packed(rows.groupsOf.connection, counts.connection),
    },
    membersOf: packed(rows.membersOf, counts.group),
  }
}

function stagedOf(
  { grants, grantsTo }: AccountRows,
  counts: Readonly<Record<SubjectKind, number>>,
): StagedGrants {
  const staged = new StagedGrants()
  for (const kind of ['user', 'group', 'connection'] as const) {
    for (let number = 0; number < counts[kind]; number++) {
      grantsTo[kind].each(number, (position) => staged.push(grants.row(position)))
    }
  }
  return staged
}

function packed(lists: Lists, count: number): Lists {
  const rows = new GrowingColumn()
  const values = new GrowingColumn()
  for (let row = 0; row < count; row++) {
    lists.each(row, (value) => {
      rows.push(row)
      values.push(value)
    })
  }
  return Lists.of(count, rows, values)
}
