import type { AccountFacts, Connection, GroupId } from '@keyholder/core'
import { isOver } from './part-in-world.ts'

/** An account as it is stored: whole, and the part of it that the world can speak of. */
export interface Stored {
  readonly whole: AccountFacts
  readonly part: AccountFacts
  /** Groups of the account that are named as delegates of connections, of which nothing may be taken away. */
  readonly delegated: ReadonlySet<GroupId>
}

/**
 * The state that an import brings about: what the world says, and what cannot go.
 *
 * A connection that the world does not name ends, and is kept as the thing of the past that it then is. So are a role
 * that is some connection's maximum, and a group whose members are the delegates of one.
 */
export function wantedFacts(said: AccountFacts, { whole, part, delegated }: Stored): AccountFacts {
  const connections = [...said.connections, ...missing(part.connections, said.connections).map(ended)]
  const outside = missing(whole.connections, part.connections)
  const maxima = new Set([...connections, ...outside].map(({ maximum }) => maximum))
  return {
    ...said,
    connections,
    roles: [...said.roles, ...missing(part.roles, said.roles).filter(({ id }) => maxima.has(id))],
    groups: [...said.groups, ...missing(part.groups, said.groups).filter(({ id }) => delegated.has(id))],
  }
}

function missing<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  others: readonly Thing[],
): readonly Thing[] {
  const ids = new Set(others.map(({ id }) => id))
  return things.filter(({ id }) => !ids.has(id))
}

function ended(connection: Connection): Connection {
  return isOver(connection) ? connection : { ...connection, status: 'ended' }
}
