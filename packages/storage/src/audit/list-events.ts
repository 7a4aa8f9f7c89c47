import type { AccountId, ChainedEvent, EventId } from '@keyholder/core'
import { sql } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { readPage, type Orders, type Page, type PageRequest } from '../paging/page.ts'
import { eventCondition, type EventFilter } from './event-filter.ts'
import { eventColumns, eventOf, type EventRow } from './event-row.ts'

const orders: Orders = { at: { by: 'seq', type: 'bigint' } }

/** A page of an account's events, sorted by `at`: in the order in which they were written. */
export async function listEvents(
  tx: Tx,
  account: AccountId,
  filter: EventFilter,
  request: PageRequest,
): Promise<Page<ChainedEvent>> {
  const query = tx
    .selectFrom('events')
    .select(['seq', 'content', 'hash', 'link'])
    .where(eventCondition(account, filter))
  const page = await readPage(query, orders, 'id', request)
  return { ...page, rows: page.rows.map(eventOf) }
}

export async function findEvent(tx: Tx, account: AccountId, id: EventId): Promise<ChainedEvent | undefined> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from events where account_id = ${account} and id = ${id}`.execute(tx)
  return rows[0] && eventOf(rows[0])
}

/** How many events a filter finds. */
export async function countEvents(tx: Tx, account: AccountId, filter: EventFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from events where ${eventCondition(account, filter)}`.execute(tx)
  return rows[0]?.total ?? 0
}
