import type { AccountId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** What an account's custom roles, groups and organizations with these ids are called. */
export async function hostNames(
  tx: Tx,
  account: AccountId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ readonly id: string; readonly name: string }>`
    select id, name from roles where account_id = ${account} and id = any (${ids}::text[])
    union all
    select id, name from groups where account_id = ${account} and id = any (${ids}::text[])
    union all
    select id, name from organizations where account_id = ${account} and id = any (${ids}::text[])`.execute(
    tx,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
