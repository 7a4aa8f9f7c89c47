import { succeed, type OrganizationId, type Result } from '@keyholder/core'
import { organizationsNamedIn, unknownAt, type ReferenceUnknown } from '../change/references.ts'
import type { Reach } from './reach.ts'
import type { Reading } from './read-account.ts'

/** The organization that a filter names; one in which the caller lacks the permission is as good as none. */
export async function organizationInSight(
  { tx, index }: Reading,
  reach: Reach,
  permission: string,
  name: string | undefined,
): Promise<Result<OrganizationId | undefined, ReferenceUnknown>> {
  if (name === undefined) return succeed(undefined)
  const found = await organizationsNamedIn(tx, index, [name], () => '/organization')
  if (!found.ok) return found
  const [organization] = found.value
  const isSeen = organization !== undefined && reach.may(permission, organization)
  return isSeen ? succeed(organization) : unknownAt('/organization')
}
