import type { Connection } from '../connection/connection.ts'
import type { Subject } from '../grant/grant.ts'
import type { AccountId } from '../id.ts'
import { isSubset } from '../role/permission-set.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountIndex } from './account-index.ts'
import { isClosed } from './stake.ts'

/** A guest may give up what its connection has, and say who of its own people may use it; the rest is the host's. */
export function isTheGuestsToChange(index: AccountIndex, guest: AccountId, change: AccessChange): boolean {
  if (change.kind === 'connection_set') {
    const before = index.connection(change.connection.id)
    return before?.guest === guest && isLess(index, change.connection, before)
  }
  const loser = loserBy(index, change)
  return loser?.kind === 'connection' && index.connection(loser.id)?.guest === guest
}

/** Who gives up a grant, or a place in a group. */
function loserBy(index: AccountIndex, change: AccessChange): Subject | undefined {
  if (change.kind === 'grant_removed') return index.grant(change.id)?.subject
  return change.kind === 'group_member_removed' ? change.member : undefined
}

function isLess(index: AccountIndex, after: Connection, before: Connection): boolean {
  const lower = index.role(after.maximum)
  const higher = index.role(before.maximum)
  return (
    (after.status === before.status || isClosed(after)) &&
    lower !== undefined &&
    higher !== undefined &&
    isSubset(lower.permissions, higher.permissions) &&
    (after.startsAt ?? -Infinity) >= (before.startsAt ?? -Infinity) &&
    (after.endsAt ?? Infinity) <= (before.endsAt ?? Infinity)
  )
}
