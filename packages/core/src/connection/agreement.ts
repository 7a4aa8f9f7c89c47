import type { Author } from '../access/author.ts'
import type { Bounds } from '../grant/grant.ts'
import type { AccountId, ConnectionId, GroupId, OrganizationId, RoleId } from '../id.ts'
import type { Connection } from './connection.ts'

/** Which of the two accounts: the one that opens up, or the one that is let in. */
export type Side = 'host' | 'guest'

/** What somebody must have shown at sign-in before they pass through a connection. */
export type Assurance = 'none' | 'mfa' | 'sso'

/** What both sides agree on: the ceiling and the conditions. Within it the host grants what it likes. */
export interface ConnectionTerms extends Bounds {
  readonly maximum: RoleId
  readonly assurance: Assurance
  /** Milliseconds by which the host may move the end once, without asking again. */
  readonly extension?: number | undefined
}

/** Where a connection is let in from the first moment: a role, or the maximum role, over the account or an organization. */
export interface Opening extends Bounds {
  /** Left out for the maximum role. */
  readonly role?: RoleId | undefined
  /** Left out for the whole account. */
  readonly organization?: OrganizationId | undefined
}

/** Terms and openings as one side put them to the other. */
export interface Offer {
  readonly by: Side
  readonly author: Author
  readonly at: number
  readonly terms: ConnectionTerms
  /** Groups of the host that the connection joins, and the scopes that it is granted, when the offer is accepted. */
  readonly groups: readonly GroupId[]
  readonly openings: readonly Opening[]
}

/** A connection with the whole of its story: the state that decides access, and what was offered by whom. */
export interface Agreement {
  readonly connection: Connection
  readonly assurance: Assurance
  readonly extension?: number | undefined
  readonly purpose?: string | undefined
  readonly message?: string | undefined
  readonly proposedBy: Author
  readonly proposedAt: number
  /** What waits for the other side: the proposal, a counter-proposal, or wider terms for an active connection. */
  readonly offer?: Offer | undefined
  readonly ended?: { readonly by: Side; readonly at: number; readonly author: Author } | undefined
}

/** Who acts, and for which of the two accounts. */
export interface Acting {
  readonly side: Side
  readonly author: Author
}

export type ConnectionRefusal =
  | { readonly code: 'connection_to_itself' }
  | { readonly code: 'connection_exists'; readonly connection: ConnectionId }
  | { readonly code: 'connection_state'; readonly status: Connection['status'] }
  | { readonly code: 'connection_other_side'; readonly side: Side }
  | { readonly code: 'connection_nothing_offered' }
  | { readonly code: 'connection_not_narrower'; readonly wider: readonly TermName[] }
  | { readonly code: 'connection_not_wider' }
  | { readonly code: 'connection_extension_exhausted'; readonly latest?: number | undefined }
  | { readonly code: 'connection_ends_in_past' }
  | { readonly code: 'connection_role_unknown'; readonly role: RoleId }
  | { readonly code: 'connection_role_bound'; readonly role: RoleId }

export type TermName = 'maximum' | 'assurance' | 'start' | 'end' | 'extension' | 'groups' | 'openings'

/** The account on that side. */
export function accountOf(agreement: Agreement, side: Side): AccountId {
  return agreement.connection[side]
}
