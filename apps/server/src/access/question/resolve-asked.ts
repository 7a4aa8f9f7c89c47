import type { AccountId, OrganizationId, Question, UserId } from '@keyholder/core'
import type { ReplicaView } from '../replica/replica-view.ts'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import type { Asked, Named } from './asked.ts'
import { atLeastAt, type AtLeast } from './at-least.ts'
import type { Findings } from './findings.ts'
import { guestsOf } from './guests-of.ts'
import type { NameMemory } from './name-memory.ts'
import type { Need } from './need.ts'

/** What can be said of a question without waiting. */
export type Resolution =
  | {
      readonly kind: 'known'
      readonly question: Question
      readonly account: ReplicatedAccount
      /** Where the person belongs, if not there. */
      readonly home?: ReplicatedAccount | undefined
    }
  | { readonly kind: 'unknown'; readonly code: UnknownCode; readonly account?: ReplicatedAccount | undefined }
  | { readonly kind: 'need'; readonly need: Need }

/** What a question names and is not there, or not for whoever asks. */
export type UnknownCode = 'place_unknown' | 'permission_unknown' | 'subject_unknown' | 'subject_ambiguous'

export interface Grounds {
  readonly view: ReplicaView
  readonly memory: NameMemory
  readonly findings: Findings
  /** The only account that the caller may ask about; left out for the deployment's own keys. */
  readonly own?: AccountId | undefined
}

interface Place {
  readonly account: ReplicatedAccount
  readonly organization?: OrganizationId | undefined
}

/**
 * Looks up what a question names, in memory only.
 *
 * An account that the caller may not ask about is unknown without a look, so that neither the answer nor its time
 * tells whether it exists. The same holds for people: whoever is neither a member nor of a connected account is
 * unknown there.
 */
export function resolveAsked(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Resolution {
  const place = findPlace(grounds, asked, atLeast)
  if (!place) return { kind: 'unknown', code: 'place_unknown' }
  if ('kind' in place) return { kind: 'need', need: place }

  const { account, organization } = place
  const { permission } = asked
  if (!grounds.view.blueprint.permission.has(permission)) {
    return { kind: 'unknown', code: 'permission_unknown', account }
  }
  const user = findUser(grounds, account, asked.subject)
  if (typeof user === 'object') return { kind: 'need', need: user }
  if (user === undefined) return { kind: 'unknown', code: 'subject_unknown', account }
  if (user === 'several') return { kind: 'unknown', code: 'subject_ambiguous', account }

  const owner = findOwner(grounds, account, asked, user)
  if (typeof owner === 'object') return { kind: 'need', need: owner }

  const home = findHome(grounds, account, user, atLeast)
  if (!home) return { kind: 'unknown', code: 'subject_unknown', account }
  if ('kind' in home) return { kind: 'need', need: home }
  return {
    kind: 'known',
    account,
    home: home === account ? undefined : home,
    question: { user, permission, account: account.id, organization, owner, at: grounds.view.at },
  }
}

function findPlace(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Place | Need | undefined {
  const remembered = atLeast ? undefined : rememberedPlace(grounds, asked)
  if (remembered) return remembered

  const place = lookUpPlace(grounds, asked, atLeast)
  if (place && !('kind' in place)) rememberPlace(grounds, asked, place)
  return place
}

/** What most questions name, in one look. */
function rememberedPlace({ view, memory, own }: Grounds, asked: Asked): Place | undefined {
  if (asked.organization === undefined || asked.account !== undefined) return undefined
  const place = memory.places.get(asked.organization)
  if (!place || (own !== undefined && own !== place.account)) return undefined
  const account = view.entry(place.account)
  return account?.names.state === place.state ? { account, organization: place.organization } : undefined
}

function rememberPlace({ memory }: Grounds, asked: Asked, { account, organization }: Place): void {
  if (organization === undefined || !asked.organization?.includes('/')) return
  memory.places.keep(asked.organization, { account: account.id, organization, state: account.names.state })
}

function lookUpPlace(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Place | Need | undefined {
  const id = findAccountId(grounds, asked)
  if (id === undefined || typeof id === 'object') return id
  if (grounds.own !== undefined && id !== grounds.own) return undefined

  const account = findAccount(grounds, id, Math.max(atLeast?.here ?? 0, atLeastAt(atLeast, id)))
  if (!account || 'kind' in account) return account
  if (asked.organization === undefined) return { account }

  const organization = findOrganization(grounds, account, asked.organization)
  if (organization === undefined || typeof organization === 'object') return organization
  return { account, organization }
}

/** The account that a question is about: by name, by its organization, or the caller's own. */
function findAccountId(grounds: Grounds, { account, organization }: Asked): AccountId | Need | undefined {
  const slash = organization?.indexOf('/') ?? -1
  if (organization === undefined || slash < 0) {
    if (account !== undefined) return accountCalled(grounds, account)
    if (organization?.startsWith('org_') && grounds.own === undefined) {
      return accountOfOrganization(grounds, organization as OrganizationId)
    }
    return grounds.own
  }
  const before = accountCalled(grounds, organization.slice(0, slash))
  if (account === undefined || before === undefined || typeof before === 'object') return before
  const besides = accountCalled(grounds, account)
  return typeof besides === 'object' || besides === before ? besides : undefined
}

function accountCalled(grounds: Grounds, name: string): AccountId | Need | undefined {
  const { view, memory, findings, own } = grounds
  if (own !== undefined) {
    const account = findAccount(grounds, own)
    if (!account || 'kind' in account) return account
    return name === own || name === account.slug ? own : undefined
  }
  if (name.startsWith('acc_')) return name as AccountId

  const remembered = memory.slugs.get(name)
  if (remembered !== undefined && view.entry(remembered)?.slug === name) return remembered
  const need: Need = { kind: 'account_named', slug: name }
  const found = findings.account(need)
  return found !== undefined || !isLookedUp(name) || findings.isAbsent(need) ? found : need
}

function accountOfOrganization(
  { memory, findings }: Grounds,
  organization: OrganizationId,
): AccountId | Need | undefined {
  const remembered = memory.accounts.get(organization)
  if (remembered !== undefined) return remembered
  const need: Need = { kind: 'account_of_organization', organization }
  const found = findings.account(need)
  return found !== undefined || !isLookedUp(organization) || findings.isAbsent(need) ? found : need
}

function findAccount(
  { view, findings }: Grounds,
  id: AccountId,
  atLeast = 0,
): ReplicatedAccount | Need | undefined {
  const account = view.entry(id)
  if (account?.index && account.index.revision >= atLeast) return account
  const need: Need = { kind: 'account', account: id, atLeast }
  return !isLookedUp(id) || findings.isAbsent(need) ? undefined : need
}

function findOrganization(
  { findings }: Grounds,
  account: ReplicatedAccount,
  name: string,
): OrganizationId | Need | undefined {
  const key = name.slice(name.indexOf('/') + 1)
  if (key.startsWith('org_')) {
    return account.index?.hasOrganization(key as OrganizationId) ? (key as OrganizationId) : undefined
  }

  const kept = account.names.organization(key)
  if (kept !== undefined) return kept
  const need: Need = { kind: 'organization_named', account: account.id, key }
  const found = findings.organization(need)
  return found !== undefined || !isLookedUp(key) || findings.isAbsent(need) ? found : need
}

function findUser(
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
function findOwner(
  grounds: Grounds,
  account: ReplicatedAccount,
  { subject, owner }: Asked,
  user: UserId,
): string | Need | undefined {
  if (owner === undefined || owner === subject.id) return owner === undefined ? undefined : user
  const found = findUser(grounds, account, { type: 'user', id: owner })
  return found === undefined || found === 'several' ? 'somebody else' : found
}

/** Where the person belongs: there, at the home of an external member, or at a guest of the account. */
function findHome(
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

/** What no name looks like is not sent to the database. */
function isLookedUp(name: string): boolean {
  return name.length > 0 && name.length <= 320 && name.isWellFormed() && !name.includes('\0')
}
