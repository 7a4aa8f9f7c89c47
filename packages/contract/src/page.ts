import { z } from 'zod'

/** The query of a list: how many, from where, in which order, and what the list can be filtered by. */
export function listQuery<Filters extends z.ZodRawShape>(
  sorts: readonly [string, ...string[]],
  filters: Filters,
  sortedBy: string = sorts[0],
) {
  const orders: string[] = sorts.flatMap((sort) => [sort, `-${sort}`])
  return z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(2000).optional().describe('`next_cursor` of the page before'),
    sort: z
      .enum(orders)
      .default(sortedBy)
      .describe('A field; with `-` before it, from the last to the first'),
    ...filters,
  })
}

/** What a text search takes: part of a name, as it is typed. */
export const search = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')
  .optional()
  .describe('Text to search for')

/** One page of a list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().describe('Where the next page starts; null on the last one'),
    total: z.int().describe('How many there are with this filter'),
  })
}
