import type { FirstFactor, PendingStep, SecondFactor, SessionId, UserId } from '@keyholder/core'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'

/** A session as its person and their administrators see it. */
export interface ListedSession {
  readonly id: SessionId
  readonly firstFactor: FirstFactor
  readonly secondFactor: SecondFactor | undefined
  readonly pending: PendingStep | undefined
  readonly startedAt: Date
  readonly lastUsedAt: Date
  readonly userAgent: string | undefined
  readonly address: string | undefined
}

const orders: Orders = { started_at: { by: 'started_at', type: 'timestamptz' } }

/** Which sessions a person has, half-begun ones included. */
export async function sessionsOf(tx: Tx, user: UserId): Promise<readonly SessionId[]> {
  const rows = await tx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', user)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The open sessions of a person, half-begun ones included. */
export async function listSessions(tx: Tx, user: UserId, request: PageRequest): Promise<Page<ListedSession>> {
  const query = tx.selectFrom('sessions').selectAll().where('user_id', '=', user)
  const page = await readPage(query, orders, 'id', request)
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id,
      firstFactor: row.first_factor,
      secondFactor: row.second_factor ?? undefined,
      pending: row.pending ?? undefined,
      startedAt: row.started_at,
      lastUsedAt: row.last_used_at,
      userAgent: row.user_agent ?? undefined,
      address: row.address ?? undefined,
    })),
  }
}
