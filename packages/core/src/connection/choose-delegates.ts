import { refuse, succeed, type Result } from '../result.ts'
import type { Acting, Agreement, ConnectionRefusal } from './agreement.ts'
import type { Connection } from './connection.ts'
import type { Proposal } from './propose-connection.ts'

/** Says who of the guest's people may use the connection: everybody, or the members of one of its groups. The guest's choice alone. */
export function chooseDelegates(
  agreement: Agreement,
  delegates: Connection['delegates'],
  by: Acting,
): Result<Proposal, ConnectionRefusal> {
  const { status } = agreement.connection
  if (by.side !== 'guest') return refuse({ code: 'connection_other_side', side: 'guest' })
  if (status === 'ended' || status === 'declined') return refuse({ code: 'connection_state', status })

  const connection: Connection = { ...agreement.connection, delegates }
  return succeed({
    agreement: { ...agreement, connection },
    changes: [{ kind: 'connection_set', connection }],
  })
}
