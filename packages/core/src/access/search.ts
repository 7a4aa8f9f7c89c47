import type { OrganizationId, UserId } from '../id.ts'
import { allows, allowsHandles, resolve } from './allows.ts'
import { candidatesOf } from './candidates.ts'
import type { Directory } from './directory.ts'
import type { Question } from './facts.ts'
import { organizationsIn } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/** Which part of a result is wanted: what comes after this one, and so many of it. */
export interface Page<Key> {
  readonly after?: Key | undefined
  readonly limit?: number | undefined
}

/**
 * Everybody who may do that, here: members, and delegates of other accounts, by id in ascending order.
 *
 * Somebody is in the result exactly when `allows` says yes to the question about them.
 */
export function searchSubjects(
  directory: Directory,
  question: Omit<Question, 'user'>,
  page: Page<UserId> = {},
): UserId[] {
  const index = directory.account(question.account)
  return index
    ? take(candidatesOf(directory, index), page, (user) => allows(directory, { ...question, user }))
    : []
}

/** Every organization of the account in which the person may do that, by id in ascending order. */
export function searchOrganizations(
  directory: Directory,
  question: Omit<Question, 'organization'>,
  page: Page<OrganizationId> = {},
): OrganizationId[] {
  const index = directory.account(question.account)
  const handles = index && resolve(directory, index, question)
  if (!index || !handles) return []
  return take(organizationsIn(index.rows).sort(), page, (organization) => {
    const scope = index.rows.names.organizations.find(organization) ?? none
    return allowsHandles(directory, index, { ...handles, scope }, question.at)
  })
}

/** Every permission that the person has there, as keys in the order of the blueprint; of one resource, where given. */
export function searchActions(
  directory: Directory,
  question: Omit<Question, 'permission'>,
  resource?: string,
): string[] {
  return directory.blueprint.permissions
    .filter((permission) => resource === undefined || permission.resource === resource)
    .map(({ key }) => key)
    .filter((permission) => allows(directory, { ...question, permission }))
}

/** The keys in ascending order that pass, from after the cursor on, until there are enough. */
function take<Key extends string>(
  keys: readonly Key[],
  { after, limit = Infinity }: Page<Key>,
  passes: (key: Key) => boolean,
): Key[] {
  const taken: Key[] = []
  for (
    let i = after === undefined ? 0 : positionAfter(keys, after);
    i < keys.length && taken.length < limit;
    i++
  ) {
    const key = keys[i] as Key
    if (passes(key)) taken.push(key)
  }
  return taken
}

/** Where the first key stands that is greater. */
function positionAfter<Key extends string>(keys: readonly Key[], key: Key): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = keys[middle] as Key
    if (found <= key) low = middle + 1
    else high = middle
  }
  return low
}
