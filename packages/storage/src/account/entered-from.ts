import { sql } from 'kysely'
import type { AccountId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/**
 * The other accounts that the people of these can enter, as external members or through a connection: what changes
 * at home may change what they have there.
 *
 * Of the deployment's scope, because it looks at other accounts.
 */
export async function accountsEnteredFrom(
  tx: Tx,
  homes: readonly AccountId[],
): Promise<readonly AccountId[]> {
  const { rows } = await sql<{ readonly id: AccountId }>`
    select account_id as id from memberships where kind = 'external' and home_account_id = any (${homes}::text[])
    union
    select account_id from connections where status = 'active' and guest_account_id = any (${homes}::text[])`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}
