import { testDatabase } from '@keyholder/testkit/database'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { transaction, type Tx } from './transaction.ts'

/** Of each account that a table has rows of, how many; what is about a person is of their home. */
async function rowsByAccount(tx: Tx, { table, account }: AccountTable): Promise<Record<string, number>> {
  const { rows } = await sql<{ account: string; count: number }>`
    select ${sql.raw(account)} as account, count(*) as count from ${sql.table(table)} t
     group by 1 order by 1`.execute(tx)
  return Object.fromEntries(rows.map((row) => [row.account, row.count]))
}

interface AccountTable {
  readonly table: string
  /** SQL for the account that a row is of. */
  readonly account: string
}

/** What the sign-in keeps about nobody in particular, or about somebody who is not known yet. */
const fillings: Readonly<Record<string, string>> = {
  challenges: `insert into challenges (id, purpose, challenge, expires_at) values ('chl_one', 'sign_in', '', now())`,
  attempts: `insert into attempts (bucket, failures, since) values ('one', 1, now())`,
  sso_flows: `insert into sso_flows (secret_hash, connection_id, intent, return_to, expires_at)
    values ('one', 'sso_acme', 'sign_in', '/', now())`,
  operators: `insert into operators (user_id) values ('usr_acme')`,
  sso_assertions: `insert into sso_assertions (connection_id, assertion_id, expires_at) values ('sso_acme', 'one', now())`,
}
const ofDeployment = Object.keys(fillings)

describe('the rows of an account', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 2 })
  const tables = await database.asOwner<AccountTable>(
    `select c.relname as table, case
            when c.relname = 'accounts' then 't.id'
            when c.relname = 'users' then 't.home_account_id'
            when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id') then 't.account_id'
            else '(select u.home_account_id from users u where u.id = t.user_id)' end as account
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      where c.relkind = 'r' and c.relname not in ('schema_migrations', 'deployment', 'connections')
        and c.relname <> all ($1::text[])`,
    [ofDeployment],
  )
  beforeAll(() => makeTwoAccounts(database))

  test.each(tables)('in $table are seen by it alone', async (table) => {
    expect(await transaction(db, [acme], (tx) => rowsByAccount(tx, table))).toEqual({ acc_acme: 1 })
    expect(await transaction(db, [acme, globex], (tx) => rowsByAccount(tx, table))).toEqual({
      acc_acme: 1,
      acc_globex: 1,
    })
    expect(await transaction(db, 'deployment', (tx) => rowsByAccount(tx, table))).toEqual({
      acc_acme: 1,
      acc_globex: 1,
    })
  })

  test.each(tables)('in $table are seen by nobody in nobody’s name', async (table) => {
    expect(await transaction(db, [], (tx) => rowsByAccount(tx, table))).toEqual({})
  })

  test.each(ofDeployment)('in %s are nobody’s, and seen by the sign-in alone', async (table) => {
    const count = async (tx: Tx) =>
      (await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(tx))
        .rows[0]?.count
    await database.asOwner(fillings[table] ?? '')

    expect(await transaction(db, [acme, globex], count)).toBe(0)
    expect(await transaction(db, 'deployment', count)).toBe(1)
  })

  test('are held to it in every table, also in one that is made later', async () => {
    const open = await database.asOwner<{ table: string }>(
      `select c.relname as table from pg_class c
         join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where c.relkind = 'r' and not c.relrowsecurity`,
    )
    expect(open.map(({ table }) => table).toSorted()).toEqual(['deployment', 'schema_migrations'])
  })

  test('are not written in the name of another one', async () => {
    const intrusions = [
      sql`update accounts set name = 'Mine' where id = ${globex}`,
      sql`update users set name = 'Mine' where home_account_id = ${globex}`,
      sql`delete from grants where account_id = ${globex}`,
      sql`update memberships set status = 'suspended' where account_id = ${globex}`,
    ]
    for (const intrusion of intrusions) {
      const { numAffectedRows } = await transaction(db, [acme], (tx) => intrusion.execute(tx))
      expect(numAffectedRows).toBe(0n)
    }

    const smuggled = [
      sql`insert into organizations (account_id, id, key, name, sort_name) values (${globex}, 'org_x', 'x', 'X', 'x')`,
      sql`insert into changes (account_id, revision, changes) values (${globex}, 2, '[]')`,
      sql`update organizations set account_id = ${globex} where id = 'org_acme'`,
      sql`insert into users (id, home_account_id, email, sort_name, search_text)
          values ('usr_x', ${globex}, 'x@x.example', '', '')`,
    ]
    for (const insertion of smuggled) {
      await expect(transaction(db, [acme], (tx) => insertion.execute(tx))).rejects.toThrow(
        /row-level security/,
      )
    }
  })

  test('show a person where they are a member, to be changed only at home', async () => {
    await database.asOwner(
      `insert into memberships (account_id, user_id, home_account_id) values ($1, 'usr_globex', $2)`,
      [acme, globex],
    )

    const seen = await transaction(db, [acme], (tx) =>
      tx.selectFrom('users').select('id').orderBy('id').execute(),
    )
    expect(seen).toEqual([{ id: 'usr_acme' }, { id: 'usr_globex' }])

    const { numAffectedRows } = await transaction(db, [acme], (tx) =>
      sql`update users set name = 'Mine' where id = 'usr_globex'`.execute(tx),
    )
    expect(numAffectedRows).toBe(0n)
    await database.asOwner(`delete from memberships where account_id = $1 and user_id = 'usr_globex'`, [acme])
  })

  test('show a connection to both of its sides', async () => {
    await database.asOwner(
      `insert into connections (account_id, id, guest_account_id, maximum_builtin, status)
       values ($1, 'con_1', $2, 'viewer', 'active')`,
      [acme, globex],
    )
    const ids = (tx: Tx) => tx.selectFrom('connections').select('id').execute()
    const names = async (tx: Tx) =>
      (await tx.selectFrom('account_names').select('slug').orderBy('slug').execute()).map(({ slug }) => slug)

    expect(await transaction(db, [acme], ids)).toHaveLength(1)
    expect(await transaction(db, [globex], ids)).toHaveLength(1)
    expect(await transaction(db, [], ids)).toEqual([])
    expect(await transaction(db, [globex], names)).toEqual(['acme', 'globex'])

    await expect(
      transaction(db, [globex], (tx) =>
        sql`insert into connections (account_id, id, guest_account_id, maximum_builtin, status)
            values (${acme}, 'con_2', ${globex}, 'superuser', 'active')`.execute(tx),
      ),
    ).rejects.toThrow(/row-level security/)
  })
})
