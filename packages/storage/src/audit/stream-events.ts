import type { AccountId, ChainedEvent } from '@keyholder/core'
import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import { transaction } from '../database/transaction.ts'
import { eventCondition, type EventFilter } from './event-filter.ts'
import { eventColumns, eventOf, type EventRow } from './event-row.ts'

const pageSize = 1_000

/**
 * All events that a filter finds, oldest first, up to the newest at the time of asking.
 *
 * They come in pages and no connection is held in between, so a client that reads slowly costs nothing. As the log
 * is only ever added to, nothing is missed and nothing comes twice.
 */
export async function* streamEvents(
  db: Database,
  account: AccountId,
  filter: EventFilter = {},
): AsyncGenerator<ChainedEvent, void, undefined> {
  const read = <Row>(query: ReturnType<typeof sql<Row>>) =>
    transaction(db, [account], async (tx) => (await query.execute(tx)).rows, { readOnly: true })

  const [head] = await read(sql<{ seq: number }>`select event_seq as seq from accounts where id = ${account}`)
  let last = 0
  for (;;) {
    const rows = await read(sql<EventRow>`
      select ${eventColumns} from events
       where ${eventCondition(account, filter)} and seq > ${last} and seq <= ${head?.seq ?? 0}
       order by seq limit ${pageSize}`)
    yield* rows.map(eventOf)
    last = rows.at(-1)?.seq ?? last
    if (rows.length < pageSize) return
  }
}
