import type { UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Whether somebody can sign in by themselves: with a password, or with a passkey that stands alone. */
export async function hasOwnWayIn(tx: Tx, user: UserId): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from passwords where user_id = ${user})
        or exists (select from mfa_tokens where user_id = ${user} and verifies_user and confirmed_at is not null) as has
  `.execute(tx)
  return rows[0]?.has === true
}
