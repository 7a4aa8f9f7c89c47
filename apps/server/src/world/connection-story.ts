import type { Agreement, Author, Connection, Offer } from '@keyholder/core'
import { isOver } from './part-in-world.ts'

/**
 * The story of a connection that an import made or changed, of which a world knows nothing.
 *
 * One that is proposed waits for the guest to answer what the world says; what else was on offer was about another
 * state, and is gone.
 */
export function connectionStory(
  connection: Connection,
  before: Agreement | undefined,
  by: Author,
  at: number,
): Agreement {
  const { offer, ended, ...rest } = before ?? { assurance: 'none' as const, proposedBy: by, proposedAt: at }
  const told: Agreement = { ...rest, connection }
  if (isOver(connection)) return { ...told, ended: ended ?? { by: 'host', at, author: by } }
  return connection.status === 'proposed' ? { ...told, offer: offerOf(told, offer, by, at) } : told
}

function offerOf(
  { connection, assurance, extension }: Agreement,
  before: Offer | undefined,
  by: Author,
  at: number,
): Offer {
  const { maximum, startsAt, endsAt } = connection
  return {
    by: 'host',
    author: by,
    at,
    terms: { maximum, assurance, startsAt, endsAt, extension },
    groups: before?.groups ?? [],
    openings: before?.openings ?? [],
  }
}
