import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../database/transaction.ts'
import { beyond, pageOf, type Orders, type Page, type PageRequest, type Placed } from './page.ts'

/**
 * The ids of one page of a list, and its count, as `readPage`, in one pass over the rows: for filters that have to
 * look at each row of an account. `rows` is `from … where …`.
 */
export async function readPageAtOnce<Id extends string>(
  tx: Tx,
  rows: RawBuilder<unknown>,
  orders: Orders,
  id: string,
  { limit, sort, after }: PageRequest,
): Promise<Page<Id>> {
  const order = orders[sort.replace(/^-/, '')]
  if (!order) throw new Error(`the list has no order \`${sort}\``)
  const descending = sort.startsWith('-')
  const direction = sql.raw(descending ? 'desc' : 'asc')
  const [value, key] = [sql.ref('position'), sql.ref('id')]

  const fromThere = after ? beyond(value, sql.raw(order.type), key, descending, after) : sql`true`
  const { rows: found } = await sql<Placed & { id: Id | null; total: number }>`
    with found as materialized (
      select (${sql.raw(order.by)}) as position, ${sql.ref(id)} as id ${rows})
    select counted.total, page.id, page.id as position_id, page.position::text as position_value
      from (select count(*) as total from found) counted
      left join (select * from found where ${fromThere}
                  order by ${value} ${direction} nulls last, ${key} ${direction} limit ${limit + 1}) page on true
     order by ${value} ${direction} nulls last, ${key} ${direction}`.execute(tx)
  const there = found.flatMap(({ id: each, ...row }) => (each === null ? [] : [{ ...row, id: each }]))
  const page = pageOf(there, limit, found[0]?.total ?? 0)
  return { ...page, rows: page.rows.map((row) => row.id) }
}
