import type { AccountId, AccountIndex } from '@keyholder/core'

const nobody: ReadonlySet<AccountId> = new Set()
const known = new WeakMap<object, ReadonlySet<AccountId>>()

/**
 * The accounts whose people an account knows by name, because it let them in.
 *
 * A proposal is not enough: whoever proposes a connection would learn who is there.
 */
export function guestsOf(index: AccountIndex | undefined): ReadonlySet<AccountId> {
  if (!index) return nobody
  // Revisions share their connections as long as no change touches them.
  const { connections } = index.rows
  const before = known.get(connections)
  if (before) return before

  const letIn = connections.flatMap((connection) =>
    connection?.status === 'active' || connection?.status === 'paused' ? [connection.guest] : [],
  )
  const guests = letIn.length === 0 ? nobody : new Set(letIn)
  known.set(connections, guests)
  return guests
}
