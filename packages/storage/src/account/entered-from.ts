import { sql } from 'kysely'
import type { AccountId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/**
 * The other accounts that let these in by a connection: what changes at home changes what their people have there.
 *
 * Where somebody was invited by themselves stays between them and whoever invited them. Of the deployment's scope,
 * because it looks at other accounts.
 */
export async function accountsEnteredFrom(
  tx: Tx,
  homes: readonly AccountId[],
): Promise<readonly AccountId[]> {
  const { rows } = await sql<{ readonly id: AccountId }>`
    select distinct account_id as id from connections
     where status = 'active' and guest_account_id = any (${homes}::text[])`.execute(tx)
  return rows.map(({ id }) => id)
}
