import type { AccessRequestId, AccountId, GrantId, KeyId, OrganizationId, UserId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'

export type AccessRequestState = 'open' | 'approved' | 'declined' | 'withdrawn'

/** What a person asks access to. */
export type WantedPlace =
  | { readonly kind: 'account' }
  | { readonly kind: 'organization'; readonly organization: OrganizationId }
  /**
   * In the person's own words, because they see no organizations and so cannot know which there are; whoever approves
   * says which one is meant.
   */
  | { readonly kind: 'words'; readonly words: string }

/** How a request was settled. */
export type RequestSettlement =
  | {
      readonly state: 'approved'
      readonly at: number
      readonly by: UserId | KeyId
      readonly grant: GrantId
      readonly answer?: string | undefined
    }
  | {
      readonly state: 'declined'
      readonly at: number
      readonly by: UserId | KeyId
      readonly answer?: string | undefined
    }
  | { readonly state: 'withdrawn'; readonly at: number; readonly by: UserId }

/** A person's request for access in an account that they are a member of. Milliseconds since 1970, database time. */
export interface AccessRequest {
  readonly id: AccessRequestId
  readonly account: AccountId
  readonly user: UserId
  readonly place: WantedPlace
  readonly message: string
  readonly createdAt: number
  readonly settled?: RequestSettlement | undefined
}

/** How many requests one person may have open in one account. */
export const mostOpenRequests = 10

export type RequestAccessRefusal =
  | { readonly code: 'access_request_open'; readonly request: AccessRequestId }
  | { readonly code: 'access_requests_too_many'; readonly most: number }

/** Asks for access: once for each place, and for a few places at a time. */
export function requestAccess(
  wanted: AccessRequest,
  open: readonly AccessRequest[],
): Result<AccessRequest, RequestAccessRefusal> {
  const same = open.find(({ place }) => isSamePlace(place, wanted.place))
  if (same) return refuse({ code: 'access_request_open', request: same.id })
  if (open.length >= mostOpenRequests)
    return refuse({ code: 'access_requests_too_many', most: mostOpenRequests })
  return succeed(wanted)
}

export function stateOf({ settled }: AccessRequest): AccessRequestState {
  return settled?.state ?? 'open'
}

function isSamePlace(a: WantedPlace, b: WantedPlace): boolean {
  if (a.kind === 'organization') return b.kind === 'organization' && a.organization === b.organization
  if (a.kind === 'words') return b.kind === 'words' && folded(a.words) === folded(b.words)
  return b.kind === 'account'
}

function folded(words: string): string {
  return words.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
