import { GrantColumns, type SubjectStarts } from './grant-columns.ts'
import { Grants } from './grants.ts'
import { GrowingColumn } from './growing-column.ts'
import { Lists, startsOf } from './lists.ts'
import type { StagedGrants } from './staged-grants.ts'
import { kindOf, numberOf, type SubjectKind } from './subject-key.ts'

type Counts = Readonly<Record<SubjectKind, number>>

/** Puts grants into columns in the order of their subjects, and says which of them each subject has. */
export function gatherGrants(
  staged: StagedGrants,
  counts: Counts,
): { readonly grants: Grants; readonly grantsTo: Readonly<Record<SubjectKind, Lists>> } {
  const rows = new GrowingColumn()
  for (let from = 0; from < staged.subjects.length; from++) {
    const subject = staged.subjects.at(from)
    rows.push(firstRow(counts, kindOf(subject)) + numberOf(subject))
  }
  const starts = startsOf(counts.user + counts.group + counts.connection, rows)
  const next = starts.slice()
  const order = new Uint32Array(rows.length)
  for (let from = 0; from < rows.length; from++) {
    const row = rows.at(from)
    order[next[row] as number] = from
    next[row] = (next[row] as number) + 1
  }

  const of = (kind: SubjectKind) =>
    starts.subarray(firstRow(counts, kind), firstRow(counts, kind) + counts[kind] + 1)
  const byKind: SubjectStarts = { user: of('user'), group: of('group'), connection: of('connection') }
  return {
    grants: new Grants(new GrantColumns(staged, order, byKind)),
    grantsTo: {
      user: Lists.runs(byKind.user),
      group: Lists.runs(byKind.group),
      connection: Lists.runs(byKind.connection),
    },
  }
}

/** The rows of users come first, then those of groups, then those of connections. */
function firstRow(counts: Counts, kind: SubjectKind): number {
  switch (kind) {
    case 'user':
      return 0
    case 'group':
      return counts.user
    case 'connection':
      return counts.user + counts.group
  }
}
