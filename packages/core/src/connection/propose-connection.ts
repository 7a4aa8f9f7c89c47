import type { AccessChange } from '../access/access-change.ts'
import type { Author } from '../access/author.ts'
import type { AccountId, ConnectionId, GrantId, GroupId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Agreement, ConnectionRefusal, ConnectionTerms, Opening } from './agreement.ts'
import { connectionOf, faultInTerms, type RoleLookup } from './terms.ts'

export interface ConnectionRequest {
  readonly host: AccountId
  readonly guest: AccountId
  readonly terms: ConnectionTerms
  readonly groups?: readonly GroupId[] | undefined
  readonly openings?: readonly Opening[] | undefined
  readonly purpose?: string | undefined
  readonly message?: string | undefined
}

export interface Proposal {
  readonly agreement: Agreement
  readonly changes: readonly AccessChange[]
}

/**
 * Offers another account to come in under these terms; nothing is given until it accepts.
 *
 * What it would give is judged apart, by the changes of its acceptance (`openingChanges`): once now, and once more
 * when the guest accepts, against what the proposer holds then.
 */
export function proposeConnection(
  request: ConnectionRequest,
  context: {
    readonly id: ConnectionId
    readonly by: Author
    /** A connection between the same two accounts that is proposed, active or paused. */
    readonly existing?: ConnectionId | undefined
    /** The host's roles. */
    readonly role: RoleLookup
    readonly now: number
  },
): Result<Proposal, ConnectionRefusal> {
  const { host, guest, terms } = request
  if (host === guest) return refuse({ code: 'connection_to_itself' })
  if (context.existing) return refuse({ code: 'connection_exists', connection: context.existing })
  const fault = faultInTerms(terms, context.role, context.now)
  if (fault) return refuse(fault)

  const connection = connectionOf({ id: context.id, host, guest, delegates: 'everyone' }, terms, 'proposed')
  const agreement: Agreement = {
    connection,
    assurance: terms.assurance,
    extension: terms.extension,
    purpose: request.purpose,
    message: request.message,
    proposedBy: context.by,
    proposedAt: context.now,
    offer: {
      by: 'host',
      author: context.by,
      at: context.now,
      terms,
      groups: request.groups ?? [],
      openings: request.openings ?? [],
    },
  }
  return succeed({ agreement, changes: [{ kind: 'connection_set', connection }] })
}

/** What the acceptance of the offer on the table lets the guest into: the groups it joins, and the grants it gets. */
export function openingChanges(agreement: Agreement, grantIds: readonly GrantId[]): readonly AccessChange[] {
  const { id } = agreement.connection
  const subject = { kind: 'connection', id } as const
  const { groups = [], openings = [] } = agreement.offer ?? {}

  return [
    ...groups.map((group) => ({ kind: 'group_member_added', group, member: subject }) as const),
    ...openings.map((opening, index) => {
      const grantId = grantIds[index]
      if (grantId === undefined)
        throw new RangeError(`No id was given for opening ${index} of the connection`)
      return { kind: 'grant_set', grant: { ...opening, id: grantId, subject } } as const
    }),
  ]
}
