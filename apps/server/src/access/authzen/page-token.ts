import { refuse, succeed, type AccountId, type Result } from '@keyholder/core'
import { openCursor, sealCursor } from '../../http/cursor.ts'

/** Which part of a search's result is wanted. */
export interface Wanted {
  readonly limit: number
  /** The id after which it goes on. */
  readonly after?: string | undefined
}

/** A search as it was sent: a token works only with the very same one, and only for whoever it was given to. */
export interface Search {
  readonly endpoint: string
  readonly own: AccountId | undefined
  readonly body: Readonly<Record<string, unknown>> & {
    readonly page?: { readonly token?: string | undefined; readonly limit?: number | undefined } | undefined
  }
}

const usual = 100
const most = 1_000

/** Reads which part of a search is wanted; a token of another search is refused, and so is another limit than its own. */
export function readWanted(
  secret: Buffer,
  search: Search,
): Result<Wanted, { readonly code: 'page_token_invalid' }> {
  const { token, limit } = search.body.page ?? {}
  if (token === undefined || token === '') return succeed({ limit: Math.min(limit ?? usual, most) })

  const position = openCursor(secret, scopeOf(search), token)
  const sealed = Number(position?.value ?? Number.NaN)
  if (!position || (limit !== undefined && Math.min(limit, most) !== sealed)) {
    return refuse({ code: 'page_token_invalid' })
  }
  return succeed({ limit: sealed, after: position.id })
}

/** The `page` of an answer that ends with this id; the last page has no token. */
export function pageOf<Key extends string>(
  secret: Buffer,
  search: Search,
  wanted: Wanted,
  found: readonly Key[],
) {
  const keys = found.slice(0, wanted.limit)
  const isLast = found.length <= wanted.limit
  const position = { value: String(wanted.limit), id: keys.at(-1) ?? wanted.after ?? '' }
  return {
    keys,
    page: { next_token: isLast ? '' : sealCursor(secret, scopeOf(search), position), count: keys.length },
  }
}

function scopeOf({ endpoint, own, body }: Search) {
  const { page: _, ...query } = body
  return { endpoint, account: own ?? '', query }
}
