import type { AccountId, OrganizationId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** How many assets the host product says are in use, over all organizations of the account. */
export async function assetsInUse(tx: Tx, account: AccountId): Promise<number> {
  const { rows } = await sql<{ assets: number }>`
    select coalesce(sum(assets), 0)::bigint as assets from organizations where account_id = ${account}`.execute(
    tx,
  )
  return rows[0]?.assets ?? 0
}

/** Takes over the host product's counts; tells which of the organizations are not there. */
export async function reportAssets(
  tx: Tx,
  account: AccountId,
  counts: readonly { readonly organization: OrganizationId; readonly assets: number }[],
): Promise<readonly OrganizationId[]> {
  const { rows } = await sql<{ id: OrganizationId }>`
    update organizations o set assets = x.assets
      from json_to_recordset(${JSON.stringify(counts)}) as x (organization text, assets bigint)
     where o.account_id = ${account} and o.id = x.organization
    returning o.id`.execute(tx)
  const known = new Set(rows.map(({ id }) => id))
  return counts.map(({ organization }) => organization).filter((id) => !known.has(id))
}
