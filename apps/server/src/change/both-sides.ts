import type { AccountId } from '@keyholder/core'
import { guestsOfConnections, transaction, type Database } from '@keyholder/storage'

/**
 * The account and the guests of these connections of it: a change that names a connection concerns both sides, and
 * stands in both logs. Looked up beforehand, because all of them are locked together.
 */
export async function bothSides(
  db: Database,
  account: AccountId,
  connections: readonly string[],
): Promise<readonly AccountId[]> {
  if (connections.length === 0) return [account]
  const read = { readOnly: true }
  return [
    account,
    ...(await transaction(db, [account], (tx) => guestsOfConnections(tx, account, connections), read)),
  ]
}
