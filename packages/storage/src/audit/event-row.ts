import type { ChainedEvent, EventContent } from '@keyholder/core'
import { sql } from 'kysely'

export interface EventRow {
  readonly seq: number
  readonly content: string
  readonly hash: string
  readonly link: string
}

export const eventColumns = sql`seq, content, hash, link`

export function eventOf({ seq, content, hash, link }: EventRow): ChainedEvent {
  return { sequence: seq, content: JSON.parse(content) as EventContent, hash, link }
}
