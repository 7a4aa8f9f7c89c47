import type { AccountId, AccountIndex } from '@keyholder/core'
import { accountsEnteredFrom, transaction, type Database } from '@keyholder/storage'
import type { Replica } from '../access/replica/replica.ts'

/** The accounts that let the people of these in by a connection: for a preview, which tells of them. */
export async function enteredFrom(db: Database, homes: readonly AccountId[]): Promise<readonly AccountId[]> {
  const found = await transaction(db, 'deployment', (tx) => accountsEnteredFrom(tx, homes), {
    readOnly: true,
  })
  return found.filter((account) => !homes.includes(account))
}

/**
 * Brings into memory what it takes to say who has access to these accounts: the homes of their external members and
 * the guests of their connections. It happens before the transaction, so that none waits for another connection.
 */
export async function gatherSurroundings(
  replica: Replica,
  accounts: readonly AccountId[],
  elsewhere: readonly AccountId[],
): Promise<void> {
  await Promise.all([...accounts, ...elsewhere].map((account) => replica.ready(account)))
  const view = replica.view()
  const around = accounts.flatMap((account) => mentionedIn(view.account(account)))
  await Promise.all([...new Set(around)].filter((id) => !view.account(id)).map((id) => replica.ready(id)))
}

function mentionedIn(index: AccountIndex | undefined): AccountId[] {
  if (!index) return []
  const { names, connections } = index.rows
  const homes = Array.from({ length: names.accounts.count }, (_, number) => names.accounts.id(number))
  return [...homes, ...connections.flatMap((connection) => connection?.guest ?? [])]
}
