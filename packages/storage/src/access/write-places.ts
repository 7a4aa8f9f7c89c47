import type { AccountId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { idsOf, type ChangesOf } from './changes-of.ts'

export async function setAccountStatus(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'account_set'>,
): Promise<void> {
  const status = changes.at(-1)?.status
  if (!status) return
  await tx
    .updateTable('accounts')
    .set(({ eb }) => ({ status, version: eb('version', '+', 1) }))
    .where('id', '=', account)
    .execute()
}

/** A new organization goes by its id until it is described. */
export async function setOrganizations(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'organization_set'>,
): Promise<void> {
  await sql`
    insert into organizations (account_id, id, key, name, sort_name)
    select ${account}, id, id, id, id from unnest(${idsOf(changes)}::text[]) as id
        on conflict (account_id, id) do nothing`.execute(tx)
}

export async function removeOrganizations(
  tx: Tx,
  account: AccountId,
  changes: ChangesOf<'organization_removed'>,
): Promise<void> {
  await sql`delete from organizations where account_id = ${account} and id = any (${idsOf(changes)}::text[])`.execute(
    tx,
  )
}
