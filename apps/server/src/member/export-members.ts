import { refuse, succeed, type Result } from '@keyholder/core'
import { exportMembers, memberColumns } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { Columns } from '../export/csv.ts'
import { allPages } from '../export/all-pages.ts'
import { exportAnswer } from '../export/export-answer.ts'
import type { Bind } from '../http/bind.ts'
import { memberForm } from './member-form.ts'
import { peopleFilter } from './people-filter.ts'
import { readAccount, type ReadDeps } from '../http/read-account.ts'

type Column = (typeof memberColumns)[number]

/** Sends the filtered people of an account as a file, with the columns that were asked for. */
export function bindMemberExport(bind: Bind, deps: ReadDeps): void {
  bind(exportMembers, async (call) => {
    const account = call.account.id
    const columns = columnsNamed(call.query.columns)
    if (!columns.ok) return columns
    const filter = await readAccount(deps, account, (reading) =>
      peopleFilter(reading, call.reach, call.query),
    )
    if (!filter.ok) return filter

    const people = { ...filter.value, users: idsIn(call.query.users) }
    return exportAnswer(call.query.format, {
      name: `${call.account.slug}-members`,
      columns: tableOf(columns.value),
      item: (person) => part(memberForm(person), columns.value),
      pages: allPages(call.query.sort, (request) =>
        storage.transaction(deps.db, [account], (tx) => storage.listPeople(tx, account, people, request), {
          readOnly: true,
        }),
      ),
    })
  })
}

function columnsNamed(
  names: string | undefined,
): Result<readonly Column[], { readonly code: 'column_unknown'; readonly column: string }> {
  if (names === undefined) return succeed(memberColumns)
  const wanted = names.split(',').map((name) => name.trim())
  const unknown = wanted.find((name) => !memberColumns.includes(name as Column))
  return unknown === undefined
    ? succeed(wanted as Column[])
    : refuse({ code: 'column_unknown', column: unknown })
}

/** The values as the API gives them; where one is a list or an object, its ids. */
function tableOf(names: readonly Column[]): Columns<storage.Person> {
  return Object.fromEntries(
    names.map((name) => [name, (person: storage.Person) => cell(memberForm(person)[name])]),
  )
}

type Value = ReturnType<typeof memberForm>[Column]

function cell(value: Value): string | boolean | null {
  if (Array.isArray(value)) {
    return value.map((item) => (typeof item === 'string' ? item : item.role)).join(' ')
  }
  return typeof value === 'object' && value !== null ? (value as { readonly id: string }).id : value
}

function part(member: ReturnType<typeof memberForm>, names: readonly Column[]): object {
  return Object.fromEntries(names.map((name) => [name, member[name]]))
}

function idsIn(users: string | undefined) {
  return users?.split(',').map((id) => id.trim() as storage.Person['user'])
}
