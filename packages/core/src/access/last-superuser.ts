import { superuserKey } from '../blueprint/resolve-blueprint.ts'
import { isCurrent, type Grant } from '../grant/grant.ts'
import type { GroupId, RoleId, UserId } from '../id.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountIndex } from './account-index.ts'
import { groupOf } from './change-integrity.ts'
import { grantsOfRole } from './grants-by.ts'

const superuser = superuserKey as RoleId

/** How safely an account is in somebody's hands. */
export type Superuserhood =
  /** Nobody is superuser. */
  | 0
  /** Somebody is, but only until an end that comes by itself. */
  | 1
  /** Somebody is for good. */
  | 2

/**
 * Whether an account has an active superuser, and one for good.
 *
 * Counted are active users whose home is the account, with the role over the whole of it, by themselves or through a
 * manual group. Not counted: external users, whom another account can suspend; a group that the identity provider
 * fills, which it can empty at the next sign-in; a custom role that permits as much, since it can be edited.
 */
export function superuserhood(index: AccountIndex, at: number): Superuserhood {
  let best: Superuserhood = 0
  for (const grant of grantsOfRole(index, superuser)) {
    if (!makesSuperuser(index, grant, at)) continue
    if (grant.endsAt === undefined) return 2
    best = 1
  }
  return best
}

/** The users who are superusers for good, each once. */
export function lastingSuperusers(index: AccountIndex, at: number): readonly UserId[] {
  const users = grantsOfRole(index, superuser)
    .filter((grant) => grant.endsAt === undefined && isOverAccount(grant, at))
    .flatMap(({ subject }) => usersOf(index, subject))
  return [...new Set(users)].filter((user) => isActiveHere(index, user))
}

/**
 * Whether a change could take a superuser away; where none in a list can, nobody has to be counted.
 *
 * To be asked of the account before the change.
 */
export function endangersSuperusers(index: AccountIndex, change: AccessChange): boolean {
  switch (change.kind) {
    case 'member_set':
      return change.member.status === 'suspended' && isGivenSuperuser(index, change.member.user)
    case 'member_removed':
      return isGivenSuperuser(index, change.user)
    case 'group_removed':
      return carriesSuperuser(index, change.id)
    case 'group_member_removed':
      return carriesSuperuser(index, change.group)
    case 'grant_set':
      return index.grant(change.grant.id)?.role === superuser
    case 'grant_removed':
      return index.grant(change.id)?.role === superuser
    case 'account_set':
    case 'organization_set':
    case 'organization_removed':
    case 'role_set':
    case 'role_removed':
    case 'group_set':
    case 'group_member_added':
    case 'connection_set':
      return false
  }
}

function makesSuperuser(index: AccountIndex, grant: Grant, at: number): boolean {
  return isOverAccount(grant, at) && usersOf(index, grant.subject).some((user) => isActiveHere(index, user))
}

function isOverAccount(grant: Grant, at: number): boolean {
  return grant.organization === undefined && isCurrent(grant, at)
}

function usersOf(index: AccountIndex, subject: Grant['subject']): readonly UserId[] {
  if (subject.kind === 'user') return [subject.id]
  if (subject.kind === 'connection' || groupOf(index, subject.id)?.kind !== 'manual') return []
  const members = index.group(subject.id)?.members ?? []
  return members.flatMap(({ kind, id }) => (kind === 'user' ? [id] : []))
}

function isActiveHere(index: AccountIndex, user: UserId): boolean {
  const member = index.member(user)
  return member?.kind === 'home' && member.status === 'active'
}

function isGivenSuperuser(index: AccountIndex, user: UserId): boolean {
  const subject = { kind: 'user', id: user } as const
  return (
    index.grantsTo(subject).some(({ role }) => role === superuser) ||
    index.groupsOf(subject).some((group) => carriesSuperuser(index, group))
  )
}

function carriesSuperuser(index: AccountIndex, id: GroupId): boolean {
  return index.grantsTo({ kind: 'group', id }).some(({ role }) => role === superuser)
}
