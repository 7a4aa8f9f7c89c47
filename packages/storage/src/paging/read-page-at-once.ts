import { sql, type SelectQueryBuilder } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { beyond, pageOf, type Orders, type Page, type PageRequest, type Placed } from './page.ts'

/**
 * One page of a query and its count, as `readPage`, in one pass over the rows: for filters that have to look at each
 * row of an account. The query selects nothing; a row of the page is its id.
 */
export async function readPageAtOnce<Id extends string, Database, From extends keyof Database>(
  tx: Tx,
  query: SelectQueryBuilder<Database, From, object>,
  orders: Orders,
  id: string,
  { limit, sort, after }: PageRequest,
): Promise<Page<Id>> {
  const order = orders[sort.replace(/^-/, '')]
  if (!order) throw new Error(`the list has no order \`${sort}\``)
  const descending = sort.startsWith('-')
  const direction = sql.raw(descending ? 'desc' : 'asc')
  const [value, key] = [sql.ref('position'), sql.ref('id')]

  const found = query.select([sql.raw(order.by).as('position'), sql.ref<string>(id).as('id')])
  const fromThere = after ? beyond(value, sql.raw(order.type), key, descending, after) : sql`true`
  const { rows } = await sql<Placed & { id: Id | null; total: number }>`
    with found as materialized (${found})
    select counted.total, page.id, page.id as position_id, page.position::text as position_value
      from (select count(*) as total from found) counted
      left join (select * from found where ${fromThere}
                  order by ${value} ${direction} nulls last, ${key} ${direction} limit ${limit + 1}) page on true
     order by ${value} ${direction} nulls last, ${key} ${direction}`.execute(tx)
  const there = rows.flatMap(({ id: each, ...row }) => (each === null ? [] : [{ ...row, id: each }]))
  const page = pageOf(there, limit, rows[0]?.total ?? 0)
  return { ...page, rows: page.rows.map((row) => row.id) }
}
