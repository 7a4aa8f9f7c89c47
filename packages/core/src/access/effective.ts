import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { emptySet, type PermissionSet } from '../role/permission-set.ts'
import { recordFor, scopeOf } from './allows.ts'
import type { Directory } from './directory.ts'

/**
 * Everything that a person may do in an organization, or without one everywhere in the account, at a moment.
 *
 * Empty where the account, the organization or the person is unknown.
 */
export function effective(
  directory: Directory,
  user: UserId,
  account: AccountId,
  organization: OrganizationId | undefined,
  at: number,
): PermissionSet {
  const index = directory.account(account)
  const scope = index && scopeOf(index, organization)
  const record = index && recordFor(directory, index, user, at)
  if (index === undefined || scope === undefined || record === undefined) {
    return emptySet(directory.blueprint.size)
  }
  const { sets, records } = index.compiled
  return sets.set(records.classIn(record, scope))
}
