import type { UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

export interface StoredPassword {
  readonly hash: string
  readonly changedAt: Date
}

export async function findPassword(tx: Tx, user: UserId): Promise<StoredPassword | undefined> {
  const row = await tx.selectFrom('passwords').selectAll().where('user_id', '=', user).executeTakeFirst()
  return row && { hash: row.hash, changedAt: row.changed_at }
}

/** The hash that counts until the transaction ends: nobody changes the password in the meantime. */
export async function holdPassword(tx: Tx, user: UserId): Promise<string | undefined> {
  const row = await tx
    .selectFrom('passwords')
    .select('hash')
    .where('user_id', '=', user)
    .forShare()
    .executeTakeFirst()
  return row?.hash
}

export async function savePassword(tx: Tx, user: UserId, hash: string): Promise<void> {
  await sql`
    insert into passwords (user_id, hash) values (${user}, ${hash})
        on conflict (user_id) do update set hash = excluded.hash, changed_at = now()`.execute(tx)
}

/** Hashes the same password anew, as with stronger parameters, unless it was changed meanwhile. */
export async function rehashPassword(tx: Tx, user: UserId, from: string, to: string): Promise<void> {
  await sql`update passwords set hash = ${to} where user_id = ${user} and hash = ${from}`.execute(tx)
}
