import type { z } from 'zod'
import {
  searchAction,
  searchResource,
  searchSubject,
  type ActionSearchRequest,
  type ResourceSearchRequest,
  type SubjectSearchRequest,
} from '@keyholder/contract'
import { succeed, type OrganizationId, type Result, type UserId } from '@keyholder/core'
import { none, readAsked } from '../question/asked.ts'
import { readAtLeast, type AtLeast } from '../question/at-least.ts'
import { fromMemory, Needs } from '../question/from-memory.ts'
import type { Grounds } from '../question/grounds.ts'
import type { ResultNames } from '../question/result-names.ts'
import { searchWhat, searchWhere, searchWho, type Found } from '../question/search-asked.ts'
import type { Unready } from '../replica/replica.ts'
import type { DecisionDeps } from './evaluate.ts'
import type { Asker } from './let-in.ts'
import { pageOf, readWanted, type Search, type Wanted } from './page-token.ts'

export interface SearchDeps extends DecisionDeps {
  readonly cursorSecret: Buffer
  readonly describe: ResultNames
}

type Searched = Promise<Result<object, Unready | { readonly code: 'page_token_invalid' }>>
type Revisions = Parameters<typeof readAtLeast>[0]

/** How one kind of search looks into memory, and how what it finds is dressed for the way out. */
interface Kind<Key> {
  readonly look: (grounds: Grounds, atLeast: AtLeast | undefined, part: Wanted) => Found<Key> | Needs
  readonly dress: (keys: readonly Key[], found: Found<Key>) => Promise<readonly object[]>
}

const anybody = { type: 'user', id: none }

/** Who may do that, here? */
export function answerSubjectSearch(
  deps: SearchDeps,
  asker: Asker,
  body: z.output<typeof SubjectSearchRequest>,
): Searched {
  const asked = readAsked(deps.blueprint, { ...body, subject: { ...anybody, type: body.subject.type } })
  return search(deps, { endpoint: searchSubject.id, own: asker.own, body }, body.context?.at_least, {
    look: (grounds, atLeast, part) => searchWho(grounds, asked, atLeast, part),
    dress: async (users, found) => {
      const named = users.filter((user) => isNamed(asker, found, user))
      const names = named.length > 0 ? await deps.describe.namesOfUsers(named) : undefined
      return users.map((id) => ({ type: 'user', id, ...propertiesOf(names?.get(id)) }))
    },
  })
}

/**
 * Whether a search tells who somebody is, and not only that they may.
 *
 * An account's key learns the names of members where it may view them; of its guests' people it learns no names.
 */
function isNamed({ own, may }: Asker, { account, organization }: Found<UserId>, user: UserId): boolean {
  if (own === undefined) return true
  return may('member.view', organization) && account?.index?.member(user) !== undefined
}

function propertiesOf(names: { readonly email: string; readonly externalId: string | null } | undefined) {
  if (!names) return {}
  const { email, externalId } = names
  return { properties: { email, ...(externalId !== null && { external_id: externalId }) } }
}

/**
 * Where may this person do that?
 *
 * An account's key learns what an organization is called where it may view it; of any other its id, by which it can be
 * asked about.
 */
export function answerResourceSearch(
  deps: SearchDeps,
  asker: Asker,
  body: z.output<typeof ResourceSearchRequest>,
): Searched {
  const { type } = body.resource
  const asked = readAsked(deps.blueprint, { ...body, resource: { ...body.resource, id: none } })
  return search(deps, { endpoint: searchResource.id, own: asker.own, body }, body.context?.at_least, {
    look: (grounds, atLeast, part) => searchWhere(grounds, asked, atLeast, part),
    dress: async (places, { account }) => {
      if (!account || places.length === 0) return []
      const organizations = places.filter((id) => id !== account.id) as OrganizationId[]
      const named = organizations.filter((id) => asker.may('organization.view', id))
      const keys = named.length > 0 ? await deps.describe.keysOfOrganizations(account.id, named) : undefined
      return places.map((id) => {
        const key = keys?.get(id as OrganizationId)
        const organization = key === undefined ? id : `${account.slug}/${key}`
        return { type, id, properties: { account: account.id, ...(id !== account.id && { organization }) } }
      })
    },
  })
}

/** What may this person do, here? */
export function answerActionSearch(
  deps: SearchDeps,
  asker: Asker,
  body: z.output<typeof ActionSearchRequest>,
): Searched {
  const { type } = body.resource
  const asked = readAsked(deps.blueprint, { ...body, action: { name: '' } })
  return search(deps, { endpoint: searchAction.id, own: asker.own, body }, body.context?.at_least, {
    look: (grounds, atLeast, { after, limit }) => {
      const found = searchWhat(grounds, asked, atLeast, type)
      if (found instanceof Needs) return found
      const start = after === undefined ? 0 : found.keys.indexOf(after) + 1
      return { ...found, keys: found.keys.slice(start, start + limit) }
    },
    dress: async (permissions) =>
      permissions.map((permission) => ({ name: permission.slice(type.length + 1) })),
  })
}

async function search<Key extends string>(
  deps: SearchDeps,
  asked: Search,
  revisions: Revisions | undefined,
  { look, dress }: Kind<Key>,
): Searched {
  const wanted = readWanted(deps.cursorSecret, asked)
  if (!wanted.ok) return wanted
  const atLeast = revisions === undefined ? undefined : readAtLeast(revisions)
  // One more than is wanted tells whether there is a next page.
  const part = { ...wanted.value, limit: wanted.value.limit + 1 }

  const found = await fromMemory(deps, asked.own, (grounds) => look(grounds, atLeast, part))
  if (!found.ok) return found
  const { keys, page } = pageOf(deps.cursorSecret, asked, wanted.value, found.value.keys)
  const { revision } = found.value
  const context = revision === undefined ? {} : { revision }
  return succeed({ page, context, results: await dress(keys, found.value) })
}
