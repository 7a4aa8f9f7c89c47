import type { AccountFacts, AccountId, Connection, GroupMember, RoleId, Subject } from '@keyholder/core'

/**
 * What a world of these accounts can say of one of them.
 *
 * A world knows no others: people from elsewhere, connections with elsewhere and what was granted to them are left
 * out. Of several connections between the same two accounts it can say one, the one that is not over; none whose
 * maximum role was deleted since it ended.
 */
export function partInWorld(facts: AccountFacts, accounts: ReadonlySet<AccountId>): AccountFacts {
  const members = facts.members.filter(({ home }) => accounts.has(home))
  const connections = oneForEachGuest(
    facts.connections.filter(({ guest, maximum }) => accounts.has(guest) && isThere(facts, maximum)),
  )
  const known = new Set<string>([...members.map(({ user }) => user), ...connections.map(({ id }) => id)])
  const isKnown = (subject: Subject | GroupMember) => subject.kind === 'group' || known.has(subject.id)
  return {
    ...facts,
    members,
    connections,
    groups: facts.groups.map((group) => ({ ...group, members: group.members.filter(isKnown) })),
    grants: facts.grants.filter(({ subject }) => isKnown(subject)),
  }
}

/** Built-in roles are always there; what an account's own are called begins with `rol_`. */
function isThere({ roles }: AccountFacts, role: RoleId): boolean {
  return !role.startsWith('rol_') || roles.some(({ id }) => id === role)
}

/** Whether a connection is a thing of the past, which no answer brings back. */
export function isOver({ status }: Pick<Connection, 'status'>): boolean {
  return status === 'ended' || status === 'declined'
}

function oneForEachGuest(connections: readonly Connection[]): readonly Connection[] {
  const kept = new Map<AccountId, Connection>()
  for (const connection of connections) {
    const other = kept.get(connection.guest)
    if (!other || isOver(other) || !isOver(connection)) kept.set(connection.guest, connection)
  }
  return [...kept.values()]
}
