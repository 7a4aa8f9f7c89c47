import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Position } from '@keyholder/storage'

/**
 * What a cursor belongs to. A cursor of another list, account, filter or order does not open, so that it can carry
 * nobody from one to the other.
 */
export interface CursorScope {
  readonly endpoint: string
  readonly account: string
  readonly query: Readonly<Record<string, unknown>>
}

export function sealCursor(secret: Buffer, scope: CursorScope, { value, id }: Position): string {
  const payload = Buffer.from(JSON.stringify([value, id])).toString('base64url')
  return `${payload}.${mac(secret, scope, payload).toString('base64url')}`
}

/** The position in a cursor, or nothing where it was not sealed for this very list. */
export function openCursor(secret: Buffer, scope: CursorScope, cursor: string): Position | undefined {
  const [payload = '', seal = '', ...rest] = cursor.split('.')
  const given = Buffer.from(seal, 'base64url')
  const expected = mac(secret, scope, payload)
  const genuine = given.length === expected.length && timingSafeEqual(given, expected)
  if (!genuine || rest.length > 0) return undefined

  const [value, id] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string | null, string]
  return { value, id }
}

function mac(secret: Buffer, { endpoint, account, query }: CursorScope, payload: string): Buffer {
  const filters = Object.entries(query)
    .filter(([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHmac('sha256', secret)
    .update(JSON.stringify([endpoint, account, filters, payload]))
    .digest()
}
