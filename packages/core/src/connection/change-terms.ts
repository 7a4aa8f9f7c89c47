import { refuse, succeed, type Result } from '../result.ts'
import type { Acting, Agreement, ConnectionRefusal, ConnectionTerms } from './agreement.ts'
import type { Proposal } from './propose-connection.ts'
import { connectionOf, faultInTerms, widerTerms, type RoleLookup } from './terms.ts'

interface TermsContext {
  readonly role: RoleLookup
  readonly now: number
}

/** The terms in force. */
export function termsOf({ connection, assurance, extension }: Agreement): ConnectionTerms {
  const { maximum, startsAt, endsAt } = connection
  return { maximum, assurance, extension, startsAt, endsAt }
}

/**
 * Lowers the maximum, asks for more assurance, or brings the end nearer: the host can at any time, at once.
 *
 * An offer of wider terms falls with it, so that nobody accepts what its author has thought better of.
 */
export function narrowConnection(
  agreement: Agreement,
  terms: ConnectionTerms,
  by: Acting,
  context: TermsContext,
): Result<Proposal, ConnectionRefusal> {
  if (by.side !== 'host') return refuse({ code: 'connection_other_side', side: 'host' })
  const closed = faultInUse(agreement)
  if (closed) return refuse(closed)
  const wider = widerTerms(terms, termsOf(agreement), context.role)
  if (wider.length > 0) return refuse({ code: 'connection_not_narrower', wider })

  return withTerms(agreement, terms, context)
}

/** Moves the end of a connection by at most what both sides agreed beforehand; the host alone can, and once. */
export function extendConnection(
  agreement: Agreement,
  endsAt: number,
  by: Acting,
  context: TermsContext,
): Result<Proposal, ConnectionRefusal> {
  if (by.side !== 'host') return refuse({ code: 'connection_other_side', side: 'host' })
  const closed = faultInUse(agreement)
  if (closed) return refuse(closed)
  const { endsAt: end } = agreement.connection
  const latest =
    end === undefined || agreement.extension === undefined ? undefined : end + agreement.extension
  if (latest === undefined || endsAt > latest) {
    return refuse({ code: 'connection_extension_exhausted', latest })
  }

  return withTerms(agreement, { ...termsOf(agreement), endsAt, extension: undefined }, context)
}

/**
 * Asks the other side for wider terms; nothing changes until it accepts them (`acceptOffer`).
 *
 * Either side may ask. Terms that are not wider in any way need no asking.
 */
export function requestWidening(
  agreement: Agreement,
  terms: ConnectionTerms,
  by: Acting,
  context: TermsContext,
): Result<Proposal, ConnectionRefusal> {
  const closed = faultInUse(agreement)
  if (closed) return refuse(closed)
  const fault = faultInTerms(terms, context.role, context.now)
  if (fault) return refuse(fault)
  if (widerTerms(terms, termsOf(agreement), context.role).length === 0) {
    return refuse({ code: 'connection_not_wider' })
  }

  const offer = { by: by.side, author: by.author, at: context.now, terms, groups: [], openings: [] }
  return succeed({ agreement: { ...agreement, offer }, changes: [] })
}

function faultInUse({ connection }: Agreement): ConnectionRefusal | undefined {
  const { status } = connection
  return status === 'active' || status === 'paused' ? undefined : { code: 'connection_state', status }
}

function withTerms(
  agreement: Agreement,
  terms: ConnectionTerms,
  context: TermsContext,
): Result<Proposal, ConnectionRefusal> {
  const fault = faultInTerms(terms, context.role, context.now)
  if (fault) return refuse(fault)

  const connection = connectionOf(agreement.connection, terms, agreement.connection.status)
  const { assurance, extension } = terms
  return succeed({
    agreement: { ...agreement, connection, assurance, extension, offer: undefined },
    changes: [{ kind: 'connection_set', connection }],
  })
}
