import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** The deployment's keys for small secrets, the one that seals first; at the very first start this one. */
export async function openSealingKeys(tx: Tx, first: string): Promise<readonly string[]> {
  await sql`update deployment set sealing_keys = array[${first}] where sealing_keys = '{}'`.execute(tx)
  const { rows } = await sql<{ sealing_keys: string[] }>`select sealing_keys from deployment`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('sealing keys were asked for before there was a deployment')
  return row.sealing_keys
}
