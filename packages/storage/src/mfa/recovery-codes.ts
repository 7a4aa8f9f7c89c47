import type { UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Gives somebody new recovery codes; those from before are of no more use. */
export async function replaceRecoveryCodes(tx: Tx, user: UserId, hashes: readonly string[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', user).execute()
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((code_hash) => ({ user_id: user, code_hash, used_at: null })))
    .execute()
}

/** Uses a recovery code up; tells whether it was one that nobody had used. */
export async function spendRecoveryCode(tx: Tx, user: UserId, hash: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recovery_codes')
    .set({ used_at: sql<Date>`clock_timestamp()` })
    .where('user_id', '=', user)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** How many recovery codes somebody has left. */
export async function countRecoveryCodes(tx: Tx, user: UserId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from recovery_codes where user_id = ${user} and used_at is null`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}
