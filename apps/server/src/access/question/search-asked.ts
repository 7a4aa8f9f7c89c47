import {
  allows,
  searchActions,
  searchOrganizations,
  searchSubjects,
  type AccountId,
  type OrganizationId,
  type UserId,
} from '@keyholder/core'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import type { Asked } from './asked.ts'
import { atLeastAt, type AtLeast } from './at-least.ts'
import { findOwner } from './find-person.ts'
import { findPlace } from './find-place.ts'
import { Needs } from './from-memory.ts'
import { findAccount, type Grounds } from './grounds.ts'
import { relatedAccounts } from './related-accounts.ts'
import { resolveAsked, resolveWhoAndWhere } from './resolve-asked.ts'

/** What a search found, in order, and in which account; of people also in which organization of it. */
export interface Found<Key> {
  readonly keys: readonly Key[]
  readonly account?: ReplicatedAccount | undefined
  readonly organization?: OrganizationId | undefined
  readonly revision?: string | undefined
}

interface Part {
  readonly after?: string | undefined
  readonly limit: number
}

const nothing: Found<never> = { keys: [] }

/** Everybody who may do that, here. The homes of all who could come into question have to be in memory. */
export function searchWho(
  grounds: Grounds,
  asked: Asked,
  atLeast: AtLeast | undefined,
  part: Part,
): Found<UserId> | Needs {
  if (asked.subject.type !== 'user') return nothing
  const place = findPlace(grounds, asked, atLeast)
  if ('kind' in place) return place.kind === 'nowhere' ? emptyIn(place.account) : new Needs().with(place)

  const { account, organization } = place
  const { permission } = asked
  const owner = findOwner(grounds, account, asked.owner)
  if (typeof owner === 'object') return new Needs().with(owner)
  const needs = new Needs()
  for (const id of account.index ? relatedAccounts(account.index) : []) {
    const related = findAccount(grounds, id, atLeastAt(atLeast, id))
    if (related && 'kind' in related) needs.add(related)
  }
  if (needs.size > 0) return needs

  const question = { permission, account: account.id, organization, owner, at: grounds.view.at }
  const keys = searchSubjects(grounds.view, question, { limit: part.limit, after: part.after as UserId })
  return { keys, account, organization, revision: account.revision }
}

/** Every organization of an account in which somebody may do that; the account where it is a matter of the account. */
export function searchWhere(
  grounds: Grounds,
  asked: Asked,
  atLeast: AtLeast | undefined,
  part: Part,
): Found<OrganizationId | AccountId> | Needs {
  const resolution = resolveAsked(grounds, asked, atLeast)
  if (resolution.kind === 'need') return new Needs().with(resolution.need)
  if (resolution.kind === 'unknown') return emptyIn(resolution.account)

  const { question, account } = resolution
  const found = { account, revision: account.revision }
  if (grounds.view.blueprint.permission.get(question.permission)?.level === 'account') {
    const isWanted = part.after === undefined && allows(grounds.view, question)
    return { ...found, keys: isWanted ? [account.id] : [] }
  }
  const page = { limit: part.limit, after: part.after as OrganizationId }
  return { ...found, keys: searchOrganizations(grounds.view, question, page) }
}

/** Every permission that somebody has there. */
export function searchWhat(
  grounds: Grounds,
  asked: Asked,
  atLeast: AtLeast | undefined,
  resource: string,
): Found<string> | Needs {
  const resolution = resolveWhoAndWhere(grounds, asked, atLeast)
  if (resolution.kind === 'need') return new Needs().with(resolution.need)
  if (resolution.kind === 'unknown') return emptyIn(resolution.account)
  const { question, account } = resolution
  return { keys: searchActions(grounds.view, question, resource), account, revision: account.revision }
}

function emptyIn(account: ReplicatedAccount | undefined): Found<never> {
  return { ...nothing, account, revision: account?.revision }
}
