import type { Author } from '../access/author.ts'
import type { GrantId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Acting, Agreement, ConnectionRefusal, Offer } from './agreement.ts'
import type { Connection, ConnectionStatus } from './connection.ts'
import { openingChanges, type Proposal } from './propose-connection.ts'
import { connectionOf, faultInTerms, type RoleLookup } from './terms.ts'

export interface AcceptedOffer extends Proposal {
  /** Who answers for the host's side: the changes are judged against what they hold now. */
  readonly answerable: Author
}

/**
 * Says yes to what the other side offered: a proposal, a counter-proposal, or wider terms for a connection in use.
 *
 * Only the side that did not make the offer can, so nothing is ever widened by one side alone.
 */
export function acceptOffer(
  agreement: Agreement,
  by: Acting,
  context: {
    /** Who of the guest's people may use it, where the guest says so with its acceptance. */
    readonly delegates?: Connection['delegates'] | undefined
    /** One for each opening of the offer. */
    readonly grantIds: readonly GrantId[]
    readonly role: RoleLookup
    readonly now: number
  },
): Result<AcceptedOffer, ConnectionRefusal> {
  const offer = offerTo(agreement, by)
  if (!offer.ok) return offer
  const fault = faultInTerms(offer.value.terms, context.role, context.now)
  if (fault) return refuse(fault)

  const { connection } = agreement
  const delegates = by.side === 'guest' ? (context.delegates ?? connection.delegates) : connection.delegates
  const status: ConnectionStatus = connection.status === 'proposed' ? 'active' : connection.status
  const { terms } = offer.value
  const agreed = connectionOf({ ...connection, delegates }, terms, status)
  return succeed({
    agreement: {
      ...agreement,
      connection: agreed,
      assurance: terms.assurance,
      extension: terms.extension,
      offer: undefined,
    },
    changes: [{ kind: 'connection_set', connection: agreed }, ...openingChanges(agreement, context.grantIds)],
    answerable: by.side === 'host' ? by.author : offer.value.author,
  })
}

/** The offer that this side may answer. */
export function offerTo(agreement: Agreement, by: Acting): Result<Offer, ConnectionRefusal> {
  const { connection, offer } = agreement
  if (connection.status === 'ended' || connection.status === 'declined') {
    return refuse({ code: 'connection_state', status: connection.status })
  }
  if (!offer) return refuse({ code: 'connection_nothing_offered' })
  if (offer.by === by.side) {
    return refuse({ code: 'connection_other_side', side: offer.by === 'host' ? 'guest' : 'host' })
  }
  return succeed(offer)
}
