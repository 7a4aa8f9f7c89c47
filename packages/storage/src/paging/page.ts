import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'

/** Where a page starts: after the row with this value in the order of the list, and this id. */
export interface Position {
  readonly value: string | null
  readonly id: string
}

/** Which rows of a list are wanted. `sort` is the name of an order; with `-` before it, from last to first. */
export interface PageRequest {
  readonly limit: number
  readonly sort: string
  readonly after?: Position | undefined
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Of all rows that the filter lets through, on whichever page. */
  readonly total: number
  /** The last row here, where more follow. */
  readonly next: Position | undefined
}

/** What a list can be ordered by: SQL over the query's columns, and its type, because a position travels as text. */
export type Orders = Readonly<
  Record<string, { readonly by: string; readonly type: 'text' | 'bigint' | 'boolean' | 'timestamptz' }>
>

export interface Placed {
  readonly position_value: string | null
  readonly position_id: string
}

/**
 * One page of a filtered query, by position and not by offset: rows that come or go meanwhile are neither shown
 * twice nor passed over.
 *
 * `id` is the column that settles ties. Rows without a value come last, in either direction.
 */
export async function readPage<Database, From extends keyof Database, Row extends object>(
  query: SelectQueryBuilder<Database, From, Row>,
  orders: Orders,
  id: string,
  { limit, sort, after }: PageRequest,
): Promise<Page<Row>> {
  const order = orders[sort.replace(/^-/, '')]
  if (!order) throw new Error(`the list has no order \`${sort}\``)
  const descending = sort.startsWith('-')
  const value = sql.raw(`(${order.by})`)
  const key = sql.ref(id)

  const counted = await query
    .clearSelect()
    .select(sql<number>`count(*)::int`.as('total'))
    .execute()
  const total = (counted[0] as { readonly total: number } | undefined)?.total ?? 0
  const placed = query
    .select([
      sql<string | null>`${value}::text`.as('position_value'),
      sql<string>`${key}::text`.as('position_id'),
    ])
    .$if(after !== undefined, (rest) =>
      rest.where(beyond(value, sql.raw(order.type), key, descending, after ?? { value: null, id: '' })),
    )
    .orderBy(sql`${value} ${sql.raw(descending ? 'desc' : 'asc')} nulls last`)
    .orderBy(sql`${key} ${sql.raw(descending ? 'desc' : 'asc')}`)
    .limit(limit + 1)
  return pageOf((await placed.execute()) as unknown as readonly (Row & Placed)[], limit, total)
}

/** Whether a row comes after a position. */
export function beyond(
  value: RawBuilder<unknown>,
  type: RawBuilder<unknown>,
  key: RawBuilder<unknown>,
  descending: boolean,
  after: Position,
): RawBuilder<boolean> {
  const passes = sql.raw(descending ? '<' : '>')
  if (after.value === null) return sql`(${value} is null and ${key} ${passes} ${after.id})`
  return sql`(${value} is null
    or ${value} ${passes} ${after.value}::${type}
    or (${value} = ${after.value}::${type} and ${key} ${passes} ${after.id}))`
}

/** One row more than wanted was read, to know whether any follow. */
export function pageOf<Row extends object>(
  read: readonly (Row & Placed)[],
  limit: number,
  total: number,
): Page<Row> {
  const shown = read.slice(0, limit)
  const last = read.length > limit ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ position_value: _value, position_id: _id, ...row }) => row as unknown as Row),
    total,
    next: last && { value: last.position_value, id: last.position_id },
  }
}
