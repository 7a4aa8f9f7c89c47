import { sql } from 'kysely'
import type { AccountId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'

/** The answer that a request got the first time, and what the request was. */
export interface KeptAnswer {
  readonly requestHash: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Takes an idempotency key for the length of the transaction: it is new, it is being worked on by another
 * transaction, or its answer is there already.
 *
 * The advisory lock is tried, not waited for, so that the second of two simultaneous requests is told at once.
 */
export async function claimIdempotencyKey(
  tx: Tx,
  caller: string,
  key: string,
): Promise<'new' | 'in_progress' | KeptAnswer> {
  const name = JSON.stringify(['idempotency', caller, key])
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as free`.execute(tx)
  if (!rows[0]?.free) return 'in_progress'

  const kept = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'headers', 'body'])
    .where('caller', '=', caller)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!kept) return 'new'
  return {
    requestHash: kept.request_hash,
    status: kept.status ?? 500,
    headers: kept.headers ?? {},
    body: kept.body ?? '',
  }
}

/** Keeps the answer to a request under its idempotency key. */
export async function keepIdempotentAnswer(
  tx: Tx,
  kept: KeptAnswer & {
    readonly caller: string
    readonly key: string
    readonly account: AccountId | undefined
  },
): Promise<void> {
  await tx
    .insertInto('idempotency_keys')
    .values({
      caller: kept.caller,
      key: kept.key,
      account_id: kept.account ?? null,
      request_hash: kept.requestHash,
      status: kept.status,
      headers: JSON.stringify(kept.headers),
      body: kept.body,
    })
    .execute()
}
