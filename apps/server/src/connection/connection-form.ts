import { termsOf, type Agreement, type ConnectionTerms, type Opening, type Side } from '@keyholder/core'
import type { StoredConnection } from '@keyholder/storage'
import type { Names } from './host-names.ts'

const day = 86_400_000

/** A connection as the API shows it to one of its sides; the names in it are the host's. */
export function connectionForm(stored: StoredConnection, side: Side, name: Names) {
  const { agreement, host, guest, lastUsedAt } = stored
  const { connection, offer, ended } = agreement
  return {
    id: connection.id,
    side,
    host: { ...host },
    guest: { ...guest },
    status: connection.status,
    terms: termsForm(termsOf(agreement), name),
    delegates: connection.delegates === 'everyone' ? null : connection.delegates,
    purpose: agreement.purpose ?? null,
    message: agreement.message ?? null,
    offer: offer
      ? {
          by: offer.by,
          at: moment(offer.at),
          terms: termsForm(offer.terms, name),
          groups: offer.groups.map(name),
          openings: offer.openings.map((opening) => openingForm(opening, name)),
        }
      : null,
    ended: ended ? { by: ended.by, at: moment(ended.at) } : null,
    proposed_at: moment(agreement.proposedAt),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  }
}

function termsForm({ maximum, assurance, startsAt, endsAt, extension }: ConnectionTerms, name: Names) {
  return {
    maximum: name(maximum),
    assurance,
    starts_at: momentOrNull(startsAt),
    ends_at: momentOrNull(endsAt),
    extension_days: extension === undefined ? null : extension / day,
  }
}

function openingForm({ role, organization, startsAt, endsAt }: Opening, name: Names) {
  return {
    role: role === undefined ? null : name(role),
    organization: organization === undefined ? null : name(organization),
    starts_at: momentOrNull(startsAt),
    ends_at: momentOrNull(endsAt),
  }
}

/** What the log tells of a connection. */
export function told(agreement: Agreement) {
  const { connection, offer } = agreement
  const { status, delegates } = connection
  const bare = (terms: ConnectionTerms) => ({
    ...termsForm(terms, (id) => ({ id, name: id })),
    maximum: terms.maximum,
  })
  return {
    host: connection.host,
    guest: connection.guest,
    status,
    ...bare(termsOf(agreement)),
    delegates: delegates === 'everyone' ? null : delegates,
    offer: offer
      ? {
          by: offer.by,
          ...bare(offer.terms),
          groups: [...offer.groups],
          openings: offer.openings.map(({ role, organization }) => ({
            role: role ?? null,
            organization: organization ?? null,
          })),
        }
      : null,
  }
}

export function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

function momentOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : moment(milliseconds)
}
