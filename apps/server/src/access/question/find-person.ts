import type { UserId } from '@keyholder/core'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import type { Named } from './asked.ts'
import { atLeastAt, type AtLeast } from './at-least.ts'
import type { Findings } from './findings.ts'
import { findAccount, isLookedUp, type Grounds } from './grounds.ts'
import { guestsOf } from './guests-of.ts'
import type { Need } from './need.ts'

/** Whom a name means in an account. */
export function findUser(
  grounds: Grounds,
  account: ReplicatedAccount,
  { type, id }: Named,
): UserId | 'several' | Need | undefined {
  if (type !== 'user') return undefined
  if (id.startsWith('usr_')) return id as UserId

  const kept = account.names.user(id)
  const isCurrent =
    kept && (kept.home === account.id || grounds.view.entry(kept.home)?.names.state === kept.homeState)
  if (isCurrent) return kept.user
  const need: Need = { kind: 'user_named', account: account.id, name: id }
  const found = grounds.findings.user(need)
  if (found !== undefined) return whoIs(grounds, found)
  return isLookedUp(id) ? need : undefined
}

function whoIs({ memory }: Grounds, found: Exclude<ReturnType<Findings['user']>, undefined>) {
  if (found === 'several') return found
  if (found === 'nobody') return undefined
  memory.homes.keep(found.user, found.home)
  return found.user
}

/** Whose the resource is; somebody unknown is still somebody else. */
export function findOwner(
  grounds: Grounds,
  account: ReplicatedAccount,
  owner: string | undefined,
): string | Need | undefined {
  if (owner === undefined) return undefined
  const found = findUser(grounds, account, { type: 'user', id: owner })
  return found === undefined || found === 'several' ? 'somebody else' : found
}

/** Where the person belongs: there, at the home of an external member, or at a guest of the account. */
export function findHome(
  grounds: Grounds,
  account: ReplicatedAccount,
  user: UserId,
  atLeast?: AtLeast,
): ReplicatedAccount | Need | undefined {
  const member = account.index?.member(user)
  if (member?.kind === 'home') return account
  if (member) return findAccount(grounds, member.home, atLeastAt(atLeast, member.home))

  const guests = guestsOf(account.index)
  if (guests.size === 0) return undefined
  const need: Need = { kind: 'home_of_user', user }
  const home = grounds.memory.homes.get(user)
  if (home === undefined) return !isLookedUp(user) || grounds.findings.isAbsent(need) ? undefined : need
  return guests.has(home) ? findAccount(grounds, home, atLeastAt(atLeast, home)) : undefined
}
