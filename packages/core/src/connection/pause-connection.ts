import { refuse, succeed, type Result } from '../result.ts'
import type { Acting, Agreement, ConnectionRefusal } from './agreement.ts'
import type { Connection } from './connection.ts'
import type { Proposal } from './propose-connection.ts'

/** Lets nobody through for the time being; the host can at any time, at once. */
export function pauseConnection(agreement: Agreement, by: Acting): Result<Proposal, ConnectionRefusal> {
  return turn(agreement, by, { from: 'active', to: 'paused' })
}

/** Lets the guest's people through again, under the same terms. */
export function resumeConnection(agreement: Agreement, by: Acting): Result<Proposal, ConnectionRefusal> {
  return turn(agreement, by, { from: 'paused', to: 'active' })
}

function turn(
  agreement: Agreement,
  by: Acting,
  { from, to }: { readonly from: Connection['status']; readonly to: Connection['status'] },
): Result<Proposal, ConnectionRefusal> {
  const { connection } = agreement
  if (by.side !== 'host') return refuse({ code: 'connection_other_side', side: 'host' })
  if (connection.status !== from) return refuse({ code: 'connection_state', status: connection.status })

  const turned: Connection = { ...connection, status: to }
  return succeed({
    agreement: { ...agreement, connection: turned },
    changes: [{ kind: 'connection_set', connection: turned }],
  })
}
