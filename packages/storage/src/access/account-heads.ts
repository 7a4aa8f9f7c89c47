import type { AccountId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Where an account stands, and the name by which the world knows it. */
export interface AccountHead {
  readonly id: AccountId
  readonly slug: string
  readonly revision: number
}

export interface AccountHeads {
  /** Milliseconds since 1970. */
  readonly databaseTime: number
  readonly heads: readonly AccountHead[]
}

/** The heads of those of these accounts that exist, and the database's clock. */
export async function accountHeads(tx: Tx, accounts: readonly AccountId[]): Promise<AccountHeads> {
  const { rows } = await sql<{ databaseTime: number; heads: readonly AccountHead[] | null }>`
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as "databaseTime",
           (select json_agg(json_build_object('id', id, 'slug', slug, 'revision', revision))
              from accounts where id = any (${accounts}::text[])) as heads`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the database did not tell the time')
  return { databaseTime: row.databaseTime, heads: row.heads ?? [] }
}

/** The database's clock, in milliseconds since 1970. */
export async function databaseTime(tx: Tx): Promise<number> {
  return (await accountHeads(tx, [])).databaseTime
}
