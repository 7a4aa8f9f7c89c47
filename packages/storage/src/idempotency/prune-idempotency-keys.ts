import type { Tx } from '../database/transaction.ts'

/** Forgets the answers that are older than this, and tells how many. */
export async function pruneIdempotencyKeys(tx: Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
