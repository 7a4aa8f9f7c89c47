import type { Connection } from '../connection/connection.ts'
import type { AccountId } from '../id.ts'
import { isSubset } from '../role/permission-set.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountIndex } from './account-index.ts'
import { isClosed } from './stake.ts'

/** A guest may give up what its connection has, and say who of its own people may use it. */
export function isTheGuestsToChange(index: AccountIndex, guest: AccountId, change: AccessChange): boolean {
  switch (change.kind) {
    case 'connection_set': {
      const before = index.connection(change.connection.id)
      return before?.guest === guest && isLess(index, change.connection, before)
    }
    case 'grant_removed': {
      const subject = index.grant(change.id)?.subject
      return subject?.kind === 'connection' && index.connection(subject.id)?.guest === guest
    }
    case 'group_member_removed':
      return change.member.kind === 'connection' && index.connection(change.member.id)?.guest === guest
    case 'account_set':
    case 'organization_set':
    case 'organization_removed':
    case 'role_set':
    case 'role_removed':
    case 'member_set':
    case 'member_removed':
    case 'group_set':
    case 'group_removed':
    case 'group_member_added':
    case 'grant_set':
      return false
  }
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
