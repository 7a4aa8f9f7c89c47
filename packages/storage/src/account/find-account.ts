import type { AccountId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

export interface FoundAccount {
  readonly id: AccountId
  readonly slug: string
  readonly name: string
}

/** An account by its id or slug; a slug never contains `_`, so no name means two. */
export async function findAccount(tx: Tx, name: string): Promise<FoundAccount | undefined> {
  return tx
    .selectFrom('accounts')
    .select(['id', 'slug', 'name'])
    .where(name.startsWith('acc_') ? 'id' : 'slug', '=', name as AccountId)
    .executeTakeFirst()
}
