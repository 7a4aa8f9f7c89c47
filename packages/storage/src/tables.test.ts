import { readFile } from 'node:fs/promises'
import { testDatabase } from '@keyholder/testkit/database'
import { describe, expect, test } from 'vitest'

interface Column {
  readonly table: string
  readonly column: string
  readonly nullable: boolean
}

/** The interfaces of tables.ts as columns, with those that each one takes over from another. */
function declaredColumns(source: string): Column[] {
  const bodies = new Map<string, { parents: string[]; columns: [string, boolean][] }>()
  for (const [, name = '', parents = '', body = ''] of source.matchAll(
    /interface (\w+)(?: extends ([\w, ]+))? \{\n([\s\S]*?)\n\}/g,
  )) {
    const columns = [...body.matchAll(/^ {2}(?:readonly )?(\w+): (.+)$/gm)].map(
      ([, column = '', type = '']): [string, boolean] => [column, /\bnull\b|Nullable/.test(type)],
    )
    bodies.set(name, { parents: parents.split(', ').filter(Boolean), columns })
  }

  const columnsOf = (name: string): [string, boolean][] => {
    const body = bodies.get(name)
    return [...(body?.parents.flatMap(columnsOf) ?? []), ...(body?.columns ?? [])]
  }
  return [...source.matchAll(/^ {2}readonly (\w+): (\w+(?:Table|View))$/gm)].flatMap(
    ([, table = '', type = '']) => columnsOf(type).map(([column, nullable]) => ({ table, column, nullable })),
  )
}

describe('the types of the tables', async () => {
  const database = await testDatabase()

  test('say what the schema says, column for column', async () => {
    const stored = await database.asOwner<Column>(
      `select table_name as table, column_name as column, is_nullable = 'YES' as nullable
         from information_schema.columns
        where table_schema = 'public' and table_name not in ('schema_migrations', 'account_names')`,
    )
    const files = [
      'tables.ts',
      'invitation-tables.ts',
      'key-tables.ts',
      'sign-in-tables.ts',
      'sso-tables.ts',
      'support-tables.ts',
      'access-request-tables.ts',
    ]
    const sources = await Promise.all(files.map((file) => readFile(new URL(file, import.meta.url), 'utf8')))
    const declared = declaredColumns(sources.join('\n')).filter(
      ({ table }) => table !== 'account_names', // of a view, PostgreSQL does not know what cannot be null
    )

    const line = ({ table, column, nullable }: Column) => `${table}.${column}${nullable ? ' or null' : ''}`
    expect(declared.length).toBeGreaterThan(100)
    expect(declared.map(line).toSorted()).toEqual(stored.map(line).toSorted())
  })
})
