import type { AccountId, Email, Session, SessionId, SsoConnectionId, UserId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { sessionColumns, sessionOf } from './session-row.ts'

/** A session and the person whose it is. */
export interface FoundSession {
  readonly id: SessionId
  readonly session: Session
  readonly user: UserId
  readonly home: AccountId
  readonly email: Email
  /** Whether the person may still do anything at home; suspended there, they may nothing anywhere. */
  readonly isActive: boolean
  readonly holdsToken: boolean
  /** What the home account sets for itself. */
  readonly homeSettings: Readonly<Record<string, unknown>>
  /** Milliseconds since 1970, by the database's clock. */
  readonly at: number
}

/** The session with this token, whatever its state; whether it is over is for the policy to say. */
export async function findSession(tx: Tx, tokenHash: string): Promise<FoundSession | undefined> {
  const row = await tx
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .innerJoin('accounts as a', 'a.id', 'u.home_account_id')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 'u.home_account_id').onRef('m.user_id', '=', 'u.id'),
    )
    .selectAll('s')
    .select([
      'u.home_account_id',
      'u.email',
      'm.status',
      'm.has_mfa',
      'a.settings',
      sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`.as('at'),
    ])
    .where('s.token_hash', '=', tokenHash)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      session: sessionOf(row),
      user: row.user_id,
      home: row.home_account_id,
      email: row.email as Email,
      isActive: row.status === 'active',
      holdsToken: row.has_mfa,
      homeSettings: row.settings,
      at: row.at,
    }
  )
}

export interface NewSession {
  readonly id: SessionId
  readonly tokenHash: string
  readonly user: UserId
  readonly session: Session
  readonly ssoConnection?: SsoConnectionId | undefined
  readonly userAgent?: string | undefined
  readonly address?: string | undefined
}

export async function insertSession(tx: Tx, wanted: NewSession): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      id: wanted.id,
      token_hash: wanted.tokenHash,
      user_id: wanted.user,
      sso_connection: wanted.ssoConnection ?? null,
      started_at: new Date(wanted.session.signedInAt),
      user_agent: wanted.userAgent ?? null,
      address: wanted.address ?? null,
      ...sessionColumns(wanted.session),
    })
    .execute()
}

/** Writes what a session has become, under a new token; tells whether the old one was still there. */
export async function rotateSession(
  tx: Tx,
  id: SessionId,
  change: {
    readonly from: string
    readonly to: string
    readonly session: Session
    readonly ssoConnection?: SsoConnectionId | undefined
  },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({
      token_hash: change.to,
      ...sessionColumns(change.session),
      // A session that is proven in another way is no longer the identity provider's.
      ...(change.session.firstFactor !== 'sso' && { sso_connection: null }),
      ...(change.ssoConnection && { sso_connection: change.ssoConnection }),
    })
    .where('id', '=', id)
    .where('token_hash', '=', change.from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Has a session go on as it is under a new token; tells whether the old one was still there. */
export async function renewSessionToken(
  tx: Tx,
  id: SessionId,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({ token_hash: to })
    .where('id', '=', id)
    .where('token_hash', '=', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes that a session is in use; to the second, so that a page's many requests write one row. */
export async function touchSession(tx: Tx, id: SessionId): Promise<void> {
  await sql`
    update sessions
       set longest_gap = greatest(longest_gap, (extract(epoch from clock_timestamp() - last_used_at) * 1000)::bigint),
           last_used_at = clock_timestamp()
     where id = ${id} and last_used_at <= clock_timestamp() - interval '1 second'`.execute(tx)
}
