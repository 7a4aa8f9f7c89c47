import type { AccountId, GroupId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/** The account's groups whose members are the delegates of connections to other accounts, also of past ones. */
export async function delegatedGroups(tx: Tx, account: AccountId): Promise<ReadonlySet<GroupId>> {
  const rows = await tx
    .selectFrom('connections')
    .select('delegates_group_id as id')
    .distinct()
    .where('guest_account_id', '=', account)
    .where('delegates_group_id', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ id }) => id ?? []))
}
