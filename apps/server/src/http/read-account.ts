import type { AccountId, AccountIndex } from '@keyholder/core'
import { transaction, type Database, type Tx } from '@keyholder/storage'
import type { Replica } from '../access/replica/replica.ts'
import { replicaViews } from './replica-views.ts'
import type { View } from './view.ts'

export interface ReadDeps {
  readonly db: Database
  readonly replica: Replica
  readonly cursorSecret: Buffer
}

/** An account to be read: its rows, and its access as it stands in memory. */
export interface Reading {
  readonly tx: Tx
  readonly index: AccountIndex
  readonly view: View
}

/** Reads rows of an account by names that its access knows, as those of roles and groups. */
export async function readAccount<Found>(
  { db, replica }: Pick<ReadDeps, 'db' | 'replica'>,
  account: AccountId,
  work: (reading: Reading) => Promise<Found>,
): Promise<Found> {
  const view = await replicaViews(replica).of([account])
  const index = view.directory.account(account)
  if (!index) throw new Error(`the account ${account} was there when the request was let in`)
  return transaction(db, [account], (tx) => work({ tx, index, view }), { readOnly: true, snapshot: true })
}
