import type { AccountId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Ends the keys of this name that the operator made for an account, or for the deployment itself. */
export async function revokeOperatorKeys(
  tx: Tx,
  account: AccountId | undefined,
  name: string,
): Promise<void> {
  const owner = account === undefined ? sql`account_id is null` : sql`account_id = ${account}`
  await sql`
    update api_keys set revoked_at = now(), version = version + 1
     where ${owner} and made_by is null and name = ${name} and revoked_at is null`.execute(tx)
}
