import type { RoleId } from '../id.ts'
import { isSubset, type PermissionSet } from '../role/permission-set.ts'
import type { Assurance, ConnectionRefusal, ConnectionTerms, Offer, Opening, TermName } from './agreement.ts'
import type { Connection, ConnectionStatus } from './connection.ts'

/** A role of the host: what it permits, and whether it is bound to some organizations. */
export type RoleLookup = (
  id: RoleId,
) =>
  | { readonly permissions: PermissionSet; readonly organizations?: readonly unknown[] | undefined }
  | undefined

/** The connection that these terms make. */
export function connectionOf(
  identity: Pick<Connection, 'id' | 'host' | 'guest' | 'delegates'>,
  terms: ConnectionTerms,
  status: ConnectionStatus,
): Connection {
  const { id, host, guest, delegates } = identity
  const { maximum, startsAt, endsAt } = terms
  return { id, host, guest, delegates, maximum, status, startsAt, endsAt }
}

/** Why these can be nobody's terms: a maximum that is no role, or that is bound to organizations; an end that has come. */
export function faultInTerms(
  terms: ConnectionTerms,
  role: RoleLookup,
  now: number,
): ConnectionRefusal | undefined {
  const maximum = role(terms.maximum)
  if (!maximum) return { code: 'connection_role_unknown', role: terms.maximum }
  if (maximum.organizations) return { code: 'connection_role_bound', role: terms.maximum }
  const end = terms.endsAt ?? Infinity
  return end <= now || end <= (terms.startsAt ?? -Infinity) ? { code: 'connection_ends_in_past' } : undefined
}

/** Which of the terms in `a` go beyond `b`; none means that `a` is at most as wide. */
export function widerTerms(a: ConnectionTerms, b: ConnectionTerms, role: RoleLookup): readonly TermName[] {
  const beyond: Record<'maximum' | 'assurance' | 'start' | 'end' | 'extension', boolean> = {
    maximum: !isWithin(a.maximum, b.maximum, role),
    assurance: !isAsStrict(a.assurance, b.assurance),
    start: (a.startsAt ?? -Infinity) < (b.startsAt ?? -Infinity),
    end: (a.endsAt ?? Infinity) > (b.endsAt ?? Infinity),
    extension: (a.extension ?? 0) > (b.extension ?? 0),
  }
  return (['maximum', 'assurance', 'start', 'end', 'extension'] as const).filter((name) => beyond[name])
}

/** Which parts of one offer go beyond another. */
export function widerOffer(
  a: Pick<Offer, 'terms' | 'groups' | 'openings'>,
  b: Pick<Offer, 'terms' | 'groups' | 'openings'>,
  role: RoleLookup,
): readonly TermName[] {
  const covered = (opening: Opening) =>
    b.openings.some((other) => isCovered(opening, other, { a: a.terms.maximum, b: b.terms.maximum }, role))
  return [
    ...widerTerms(a.terms, b.terms, role),
    ...(a.groups.every((group) => b.groups.includes(group)) ? [] : (['groups'] as const)),
    ...(a.openings.every(covered) ? [] : (['openings'] as const)),
  ]
}

/** Two conditions that cannot be compared are neither at least as strict as the other. */
function isAsStrict(a: Assurance, b: Assurance): boolean {
  return a === b || b === 'none'
}

function isCovered(
  a: Opening,
  b: Opening,
  maximum: { readonly a: RoleId; readonly b: RoleId },
  role: RoleLookup,
): boolean {
  return (
    (b.organization === undefined || a.organization === b.organization) &&
    (a.role === b.role || isWithin(a.role ?? maximum.a, b.role ?? maximum.b, role)) &&
    (a.startsAt ?? -Infinity) >= (b.startsAt ?? -Infinity) &&
    (a.endsAt ?? Infinity) <= (b.endsAt ?? Infinity)
  )
}

function isWithin(a: RoleId, b: RoleId, role: RoleLookup): boolean {
  if (a === b) return true
  const lesser = role(a)?.permissions
  const greater = role(b)?.permissions
  return lesser !== undefined && greater !== undefined && isSubset(lesser, greater)
}
