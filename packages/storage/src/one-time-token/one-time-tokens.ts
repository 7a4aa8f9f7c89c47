import type { Email, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import type { OneTimeTokenTable } from '../sign-in-tables.ts'

export type OneTimePurpose = OneTimeTokenTable['purpose']

/** What a link in a mail proves: that whoever opens it reads the mail of this address. */
export interface OneTimeToken {
  readonly user: UserId
  /** The address that the link was sent to. */
  readonly email: Email
}

/** Keeps a new link for so many milliseconds; links of the same purpose that the person got before are dead. */
export async function replaceOneTimeToken(
  tx: Tx,
  wanted: OneTimeToken & {
    readonly tokenHash: string
    readonly purpose: OneTimePurpose
    readonly life: number
  },
): Promise<Date> {
  await dropOneTimeTokens(tx, wanted.user, wanted.purpose)
  const { rows } = await sql<{ expires_at: Date }>`
    insert into one_time_tokens (token_hash, purpose, user_id, email, expires_at)
    values (${wanted.tokenHash}, ${wanted.purpose}, ${wanted.user}, ${wanted.email},
            clock_timestamp() + make_interval(secs => ${wanted.life / 1_000}))
    returning expires_at`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a one-time token was kept and is not there')
  return row.expires_at
}

/** What a link proves, which it goes on to prove. */
export async function findOneTimeToken(
  tx: Tx,
  tokenHash: string,
  purpose: OneTimePurpose,
): Promise<OneTimeToken | undefined> {
  const row = await tx
    .selectFrom('one_time_tokens')
    .select(['user_id', 'email'])
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst()
  return row && { user: row.user_id, email: row.email as Email }
}

/** Takes a link, which is then gone; nothing where its time is over or it is for something else. */
export async function takeOneTimeToken(
  tx: Tx,
  tokenHash: string,
  purpose: OneTimePurpose,
): Promise<OneTimeToken | undefined> {
  const found = await findOneTimeToken(tx, tokenHash, purpose)
  const { numDeletedRows } = await tx
    .deleteFrom('one_time_tokens')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  return numDeletedRows === 1n ? found : undefined
}

/** Makes the links that somebody got for a purpose dead. */
export async function dropOneTimeTokens(tx: Tx, user: UserId, purpose: OneTimePurpose): Promise<void> {
  await tx.deleteFrom('one_time_tokens').where('user_id', '=', user).where('purpose', '=', purpose).execute()
}

/** Drops links whose time is over; nothing depends on when. */
export async function pruneOneTimeTokens(tx: Tx): Promise<void> {
  await sql`delete from one_time_tokens where expires_at < now()`.execute(tx)
}
