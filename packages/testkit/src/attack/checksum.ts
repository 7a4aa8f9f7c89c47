import type { AccountId } from '@keyholder/core'
import type { TestDatabase } from '../database/test-database.ts'

interface Column {
  readonly table: string
  readonly column: string
}

/** What moves when somebody only looks. */
const lastUses: Readonly<Record<string, readonly string[]>> = {
  api_keys: ['last_used_at'],
  memberships: ['last_seen_at'],
  sessions: ['last_used_at', 'longest_gap'],
}

/** What moves when somebody only tries. */
const restless = { ...lastUses, accounts: ['event_seq', 'event_link'] }

/**
 * Makes the function that sums up every row of an account and of its people in every table, also in one that is
 * made later.
 *
 * `everything`: the log and the times of last use as well, which stand still for somebody who is left alone.
 */
export async function checksums(database: TestDatabase) {
  const columns = await database.asOwner<Column>(
    `select c.relname as table, a.attname as column from pg_class c
       join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid
      where c.relkind = 'r' and (c.relname, a.attname) in (('accounts', 'id'), ('users', 'home_account_id'),
            ('connections', 'guest_account_id')) or c.relkind = 'r' and a.attname = 'account_id'
            or c.relkind = 'r' and a.attname = 'user_id' and not exists (
                 select from pg_attribute o where o.attrelid = c.oid and o.attname = 'account_id')
      order by 1, 2`,
  )
  const of = async (account: AccountId, rows: readonly Column[], without: typeof lastUses) => {
    const sums = rows.map(({ table, column }) => {
      const isTheirs =
        column === 'user_id'
          ? 'user_id in (select id from users where home_account_id = $1)'
          : `${column} = $1`
      const kept = (without[table] ?? []).map((name) => ` - '${name}'`).join('')
      return `select '${table}.${column}' as rows, md5(string_agg(row, '' order by row)) as sum
                from (select (to_jsonb(t)${kept})::text as row from ${table} t where ${isTheirs}) as r`
    })
    const found = await database.asOwner<{ rows: string; sum: string | null }>(sums.join(' union all '), [
      account,
    ])
    return Object.fromEntries(found.map(({ rows: name, sum }) => [name, sum]))
  }
  return {
    everything: (account: AccountId) => of(account, columns, {}),
    butTheLastUses: (account: AccountId) => of(account, columns, lastUses),
    butTheLog: (account: AccountId) =>
      of(
        account,
        columns.filter(({ table }) => table !== 'events'),
        restless,
      ),
  }
}
