import { refuse, succeed, type Result } from '../result.ts'
import type { Acting, Agreement, ConnectionRefusal, Offer } from './agreement.ts'
import type { Proposal } from './propose-connection.ts'
import { connectionOf, faultInTerms, widerOffer, type RoleLookup } from './terms.ts'

/**
 * Answers the host's proposal with something narrower, which the host then accepts or declines.
 *
 * Refused is a counter-proposal that goes beyond what the host offered in any term: a guest cannot ask its way in.
 */
export function counterProposal(
  agreement: Agreement,
  counter: Pick<Offer, 'terms' | 'groups' | 'openings'>,
  by: Acting,
  context: { readonly role: RoleLookup; readonly now: number },
): Result<Proposal, ConnectionRefusal> {
  const { connection, offer } = agreement
  if (by.side !== 'guest') return refuse({ code: 'connection_other_side', side: 'guest' })
  if (connection.status !== 'proposed') return refuse({ code: 'connection_state', status: connection.status })
  if (offer?.by !== 'host') return refuse({ code: 'connection_nothing_offered' })

  const wider = widerOffer(counter, offer, context.role)
  if (wider.length > 0) return refuse({ code: 'connection_not_narrower', wider })
  const fault = faultInTerms(counter.terms, context.role, context.now)
  if (fault) return refuse(fault)

  const { terms, groups, openings } = counter
  const proposed = connectionOf(connection, terms, 'proposed')
  return succeed({
    agreement: {
      ...agreement,
      connection: proposed,
      assurance: terms.assurance,
      extension: terms.extension,
      offer: { by: 'guest', author: by.author, at: context.now, terms, groups, openings },
    },
    changes: [{ kind: 'connection_set', connection: proposed }],
  })
}
