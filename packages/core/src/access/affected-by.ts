import type { Grant, Subject } from '../grant/grant.ts'
import type { AccountId, RoleId, UserId } from '../id.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import { grantsOver, holdersOfRole } from './grants-by.ts'
import { isExternal, noMember } from './rows/member-code.ts'

/** An account before and after some changes, with the other accounts as they then are. */
export interface Transition {
  readonly before: Directory
  readonly after: Directory
  readonly account: AccountId
}

/** Whose access to the account these changes may alter: a little too many rather than one too few. */
export function affectedBy(
  { before, after, account }: Transition,
  changes: readonly AccessChange[],
): ReadonlySet<UserId> | 'everybody' {
  const users = new Set<UserId>()
  for (const directory of [before, after]) {
    const index = directory.account(account)
    if (!index) continue
    for (const change of changes) {
      if (change.kind === 'account_set') return 'everybody'
      // Whoever gets a role by these changes is named by the change that gives it.
      if (directory === after && isOfRole(change)) continue
      for (const subject of subjectsOf(index, change)) addReached(users, directory, index, subject)
    }
  }
  return users
}

function isOfRole({ kind }: AccessChange): boolean {
  return kind === 'role_set' || kind === 'role_removed'
}

/** Whom a change is about, as the account stands on one of its sides. */
function subjectsOf(index: AccountIndex, change: AccessChange): readonly Subject[] {
  switch (change.kind) {
    case 'account_set':
    case 'organization_set':
    case 'group_set':
      return []
    case 'organization_removed':
      return subjects(grantsOver(index, change.id))
    case 'role_set':
      return holdersOf(index, change.role.id)
    case 'role_removed':
      return holdersOf(index, change.id)
    case 'member_set':
      return [{ kind: 'user', id: change.member.user }]
    case 'member_removed':
      return [{ kind: 'user', id: change.user }]
    case 'group_removed':
      return [{ kind: 'group', id: change.id }]
    case 'group_member_added':
    case 'group_member_removed':
      return [change.member]
    case 'grant_set':
      return [change.grant.subject, ...subjectOf(index.grant(change.grant.id))]
    case 'grant_removed':
      return subjectOf(index.grant(change.id))
    case 'connection_set':
      return [{ kind: 'connection', id: change.connection.id }]
  }
}

function subjectOf(grant: Grant | undefined): readonly Subject[] {
  return grant ? [grant.subject] : []
}

function subjects(grants: readonly Grant[]): readonly Subject[] {
  return grants.map(({ subject }) => subject)
}

/** Those who were granted the role, and the connections of which it is the maximum. */
function holdersOf(index: AccountIndex, role: RoleId): readonly Subject[] {
  const limited = index.rows.connections.flatMap((connection): Subject[] =>
    connection?.maximum === role ? [{ kind: 'connection', id: connection.id }] : [],
  )
  return [...holdersOfRole(index, role), ...limited]
}

function addReached(users: Set<UserId>, directory: Directory, index: AccountIndex, subject: Subject): void {
  switch (subject.kind) {
    case 'user':
      users.add(subject.id)
      return
    case 'group':
      for (const member of index.group(subject.id)?.members ?? []) addReached(users, directory, index, member)
      return
    case 'connection': {
      const guest = index.connection(subject.id)?.guest
      const people = guest === undefined ? undefined : directory.account(guest)
      if (people) for (const user of homeUsersOf(people)) users.add(user)
    }
  }
}

/** Everybody whose home an account is. */
function homeUsersOf({ rows }: AccountIndex): readonly UserId[] {
  const users: UserId[] = []
  rows.members.forEach((code, number) => {
    if (code !== noMember && !isExternal(code)) users.push(rows.names.users.id(number))
  })
  return users
}
