import type { ChallengeId, SessionId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'

/** Something that a key has to sign: for one purpose, one person and one session, where there is one. */
export interface StoredChallenge {
  readonly purpose: string
  readonly challenge: string
  readonly userId: UserId | undefined
  readonly sessionId: SessionId | undefined
}

/** Keeps a challenge for so many milliseconds; one that the session was asked before for the same is dropped. */
export async function insertChallenge(
  tx: Tx,
  wanted: StoredChallenge & { readonly id: ChallengeId; readonly life: number },
): Promise<void> {
  if (wanted.sessionId !== undefined) {
    await tx
      .deleteFrom('challenges')
      .where('session_id', '=', wanted.sessionId)
      .where('purpose', '=', wanted.purpose)
      .execute()
  }
  await sql`
    insert into challenges (id, purpose, challenge, user_id, session_id, expires_at)
    values (${wanted.id}, ${wanted.purpose}, ${wanted.challenge}, ${wanted.userId ?? null},
            ${wanted.sessionId ?? null}, clock_timestamp() + make_interval(secs => ${wanted.life / 1_000}))`.execute(
    tx,
  )
}

/** Takes a challenge, which is then gone, whatever comes of it; nothing where its time is over. */
export async function takeChallenge(tx: Tx, id: string): Promise<StoredChallenge | undefined> {
  const row = await tx
    .deleteFrom('challenges')
    .where('id', '=', id as ChallengeId)
    .returning(['purpose', 'challenge', 'user_id', 'session_id'])
    .returning(sql<boolean>`expires_at > clock_timestamp()`.as('lives'))
    .executeTakeFirst()
  if (!row?.lives) return undefined
  return {
    purpose: row.purpose,
    challenge: row.challenge,
    userId: row.user_id ?? undefined,
    sessionId: row.session_id ?? undefined,
  }
}

/** Drops challenges whose time is over; nothing depends on when. */
export async function pruneChallenges(tx: Tx): Promise<void> {
  await sql`delete from challenges where expires_at < now()`.execute(tx)
}
