import { sql } from 'kysely'
import type { AccountId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/** The accounts without which it cannot be said who has access to these: homes of external members, and guests. */
export async function relatedAccounts(tx: Tx, accounts: readonly AccountId[]): Promise<readonly AccountId[]> {
  const { rows } = await sql<{ readonly id: AccountId }>`
    select home_account_id as id from memberships where account_id = any(${accounts}) and kind = 'external'
    union
    select guest_account_id from connections
     where account_id = any(${accounts}) and status in ('proposed', 'active', 'paused')`.execute(tx)
  return rows.map(({ id }) => id)
}
