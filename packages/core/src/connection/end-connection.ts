import type { AccessChange } from '../access/access-change.ts'
import type { GrantId, GroupId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Acting, Agreement, ConnectionRefusal } from './agreement.ts'
import type { Connection } from './connection.ts'
import type { Proposal } from './propose-connection.ts'

/**
 * Ends a connection for good, with its grants and group memberships; either side can, and a host takes a proposal
 * back the same way.
 */
export function endConnection(
  agreement: Agreement,
  by: Acting,
  context: {
    readonly now: number
    /** What the connection holds in the host account. */
    readonly grants: readonly GrantId[]
    readonly groups: readonly GroupId[]
  },
): Result<Proposal, ConnectionRefusal> {
  const { status } = agreement.connection
  if (status === 'ended' || status === 'declined') return refuse({ code: 'connection_state', status })

  const connection: Connection = { ...agreement.connection, status: 'ended' }
  const ended = { by: by.side, at: context.now, author: by.author }
  return succeed({
    agreement: { ...agreement, connection, offer: undefined, ended },
    changes: [...closing(connection, context), { kind: 'connection_set', connection }],
  })
}

/** Before the end and not after it: to a connection that has ended nothing may be changed. */
function closing(
  { id }: Connection,
  held: { readonly grants: readonly GrantId[]; readonly groups: readonly GroupId[] },
): readonly AccessChange[] {
  const member = { kind: 'connection', id } as const
  return [
    ...held.grants.map((grant) => ({ kind: 'grant_removed', id: grant }) as const),
    ...held.groups.map((group) => ({ kind: 'group_member_removed', group, member }) as const),
  ]
}
