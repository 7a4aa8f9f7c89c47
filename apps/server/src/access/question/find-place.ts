import type { AccountId, OrganizationId } from '@keyholder/core'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import type { Asked } from './asked.ts'
import { atLeastAt, type AtLeast } from './at-least.ts'
import { findAccount, isLookedUp, type Grounds } from './grounds.ts'
import type { Need } from './need.ts'

/** An account, and the organization in it that a question is about. */
export interface Place {
  readonly account: ReplicatedAccount
  readonly organization?: OrganizationId | undefined
}

/** There is no such place, or not for whoever asks. */
export interface Nowhere {
  readonly kind: 'nowhere'
  /** Where the account at least is there. */
  readonly account?: ReplicatedAccount | undefined
}

type AskedPlace = Pick<Asked, 'account' | 'organization' | 'perhaps'>

/** Looks up the place that a question names, in memory only. */
export function findPlace(grounds: Grounds, asked: AskedPlace, atLeast?: AtLeast): Place | Need | Nowhere {
  const remembered = atLeast ? undefined : rememberedPlace(grounds, asked)
  if (remembered) return remembered

  const place = lookUpPlace(grounds, asked, atLeast)
  if (!('kind' in place)) rememberPlace(grounds, asked, place)
  return place
}

/** What most questions name, in one look. */
function rememberedPlace({ view, memory, own }: Grounds, asked: AskedPlace): Place | undefined {
  if (asked.organization === undefined || asked.account !== undefined) return undefined
  const place = memory.places.get(asked.organization)
  if (!place || (own !== undefined && own !== place.account)) return undefined
  const account = view.entry(place.account)
  return account?.names.state === place.state ? { account, organization: place.organization } : undefined
}

function rememberPlace({ memory }: Grounds, asked: AskedPlace, { account, organization }: Place): void {
  if (organization === undefined || !asked.organization?.includes('/')) return
  memory.places.keep(asked.organization, { account: account.id, organization, state: account.names.state })
}

function lookUpPlace(grounds: Grounds, asked: AskedPlace, atLeast?: AtLeast): Place | Need | Nowhere {
  const id = findAccountId(grounds, asked)
  if (typeof id === 'object') return id
  if (id === undefined) return { kind: 'nowhere' }

  const account = findAccount(grounds, id, Math.max(atLeast?.here ?? 0, atLeastAt(atLeast, id)))
  if (!account) return { kind: 'nowhere' }
  if ('kind' in account) return account
  const name = asked.organization ?? asked.perhaps
  if (name === undefined) return { account }

  const organization = findOrganization(grounds, account, name)
  if (typeof organization === 'object') return organization
  if (organization === undefined && asked.organization !== undefined) return { kind: 'nowhere', account }
  return { account, organization }
}

/** The account that a question is about: by name, by its organization, or the caller's own. */
function findAccountId(
  grounds: Grounds,
  { account, organization }: AskedPlace,
): AccountId | Need | undefined {
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
