import type { AccountId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** The accounts that the host lets in through these connections; the sides of a connection never change. */
export async function guestsOfConnections(
  tx: Tx,
  host: AccountId,
  connections: readonly string[],
): Promise<readonly AccountId[]> {
  const rows = await tx
    .selectFrom('connections')
    .select('guest_account_id')
    .distinct()
    .where('account_id', '=', host)
    .where(sql<boolean>`id = any (${connections}::text[])`)
    .execute()
  return rows.map(({ guest_account_id }) => guest_account_id)
}
