import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

export interface AttemptLimit {
  /** What is counted, already hashed where it is somebody's. */
  readonly bucket: string
  readonly most: number
  /** Milliseconds in which so many may fail; without it they count until one succeeds. */
  readonly within?: number | undefined
}

/** A limit that was reached, and in how many seconds another attempt is taken, where time helps. */
export interface AttemptRefused {
  readonly bucket: string
  readonly retryAfter: number | undefined
}

/**
 * Takes an attempt before it is tried, so that any number at the same time, on any node, are bounded; tells the first
 * limit that is reached, after which the others are left alone.
 *
 * A limit is one row, counted up in one statement by the database's clock.
 */
export async function takeAttempt(
  tx: Tx,
  limits: readonly AttemptLimit[],
): Promise<AttemptRefused | undefined> {
  for (const limit of limits) {
    const { failures, left } = await countUp(tx, limit)
    if (failures > limit.most) {
      return { bucket: limit.bucket, retryAfter: limit.within === undefined ? undefined : left }
    }
  }
  return undefined
}

async function countUp(tx: Tx, { bucket, within }: AttemptLimit) {
  const period = within === undefined ? null : within / 1_000
  const { rows } = await sql<{ failures: number; left: number }>`
    insert into attempts as a (bucket, failures, since) values (${bucket}, 1, clock_timestamp())
        on conflict (bucket) do update
       set failures = case when a.since <= clock_timestamp() - make_interval(secs => ${period}) then 1
                           else least(a.failures, 1000000) + 1 end,
           since = case when a.since <= clock_timestamp() - make_interval(secs => ${period}) then clock_timestamp()
                        else a.since end
    returning failures,
              greatest(1, ceil(extract(epoch from since - clock_timestamp()) + ${period}::float8))::integer as left
  `.execute(tx)
  const [row] = rows
  if (!row) throw new Error('an attempt was counted and is not there')
  return row
}

/** Forgets what failed, because somebody has shown that they are who they say. */
export async function clearAttempts(tx: Tx, buckets: readonly string[]): Promise<void> {
  await sql`delete from attempts where bucket = any (${buckets}::text[])`.execute(tx)
}

/** Gives back one attempt that turned out right, where others from the same place still count. */
export async function giveBackAttempt(tx: Tx, bucket: string): Promise<void> {
  await sql`update attempts set failures = greatest(failures - 1, 0) where bucket = ${bucket}`.execute(tx)
}

/** Drops counts of long ago, but for those that only a success ends. */
export async function pruneAttempts(tx: Tx): Promise<void> {
  await sql`
    delete from attempts
     where since < now() - interval '1 day' and bucket not like 'lasting:%'`.execute(tx)
}
