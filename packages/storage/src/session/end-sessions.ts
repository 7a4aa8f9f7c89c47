import type { SessionId, SsoConnectionId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Ends one session of a person; tells whether there was one. */
export async function endSession(tx: Tx, user: UserId, id: SessionId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Ends the sessions of a person, all or all but one; tells which. */
export async function endSessionsOf(tx: Tx, user: UserId, except?: SessionId): Promise<readonly SessionId[]> {
  const rows = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', user)
    .$if(except !== undefined, (query) => query.where('id', '!=', except as SessionId))
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Ends every session that was begun through a single sign-on connection; tells whose they were. */
export async function endSessionsThrough(tx: Tx, connection: SsoConnectionId): Promise<readonly UserId[]> {
  const rows = await tx
    .deleteFrom('sessions')
    .where('sso_connection', '=', connection)
    .returning('user_id')
    .execute()
  return [...new Set(rows.map(({ user_id }) => user_id))]
}

/** Drops sessions that no policy can keep alive any more; nothing depends on when. */
export async function pruneSessions(tx: Tx): Promise<void> {
  await sql`delete from sessions where signed_in_at < now() - interval '366 days'`.execute(tx)
  await sql`delete from sessions where pending is not null and signed_in_at < now() - interval '1 day'`.execute(
    tx,
  )
}
