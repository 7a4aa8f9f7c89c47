import { succeed, type Result } from '../result.ts'
import { offerTo } from './accept-offer.ts'
import type { Acting, Agreement, ConnectionRefusal } from './agreement.ts'
import type { Connection } from './connection.ts'
import type { Proposal } from './propose-connection.ts'

/** Says no to what the other side offered: a proposed connection is declined, one in use stays as it is. */
export function declineOffer(
  agreement: Agreement,
  by: Acting,
  now: number,
): Result<Proposal, ConnectionRefusal> {
  const offer = offerTo(agreement, by)
  if (!offer.ok) return offer
  if (agreement.connection.status !== 'proposed') {
    return succeed({ agreement: { ...agreement, offer: undefined }, changes: [] })
  }

  const connection: Connection = { ...agreement.connection, status: 'declined' }
  const ended = { by: by.side, at: now, author: by.author }
  return succeed({
    agreement: { ...agreement, connection, offer: undefined, ended },
    changes: [{ kind: 'connection_set', connection }],
  })
}
