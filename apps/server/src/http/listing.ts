import { refuse, succeed, type Result } from '@keyholder/core'
import type { Page, PageRequest } from '@keyholder/storage'
import { openCursor, sealCursor, type CursorScope } from './cursor.ts'

/** The query of any list, as `listQuery` of the contract declares it. */
interface ListQuery {
  readonly limit: number
  readonly sort: string
  readonly cursor?: string | undefined
}

interface Listing {
  readonly endpoint: { readonly id: string }
  readonly account: { readonly id: string } | undefined
  readonly query: ListQuery & Readonly<Record<string, unknown>>
}

/** Which page a request asks for; a cursor of another list, account, filter or order is refused. */
export function pageRequest(
  secret: Buffer,
  call: Listing,
): Result<PageRequest, { readonly code: 'cursor_invalid' }> {
  const { limit, sort, cursor } = call.query
  if (cursor === undefined) return succeed({ limit, sort })
  const after = openCursor(secret, scopeOf(call), cursor)
  return after ? succeed({ limit, sort, after }) : refuse({ code: 'cursor_invalid' })
}

/** A page as it is answered, with each row in the form of the contract. */
export function listBody<Row, Item>(
  secret: Buffer,
  call: Listing,
  page: Page<Row>,
  item: (row: Row) => Item,
) {
  return {
    items: page.rows.map(item),
    next_cursor: page.next ? sealCursor(secret, scopeOf(call), page.next) : null,
    total: page.total,
  }
}

function scopeOf({ endpoint, account, query }: Listing): CursorScope {
  return { endpoint: endpoint.id, account: account?.id ?? '', query }
}
