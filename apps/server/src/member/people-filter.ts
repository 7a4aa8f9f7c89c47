import { succeed, type GroupId, type OrganizationId, type Result, type RoleId } from '@keyholder/core'
import type { QueryOf, listMembers } from '@keyholder/contract'
import type { PeopleFilter } from '@keyholder/storage'
import { groupNamed, roleNamed, type ReferenceUnknown } from '../change/references.ts'
import type { Reach } from '../http/reach.ts'
import { organizationInSight } from '../http/organization-in-sight.ts'
import type { Reading } from '../http/read-account.ts'

type Filters = Omit<QueryOf<typeof listMembers>, 'limit' | 'cursor' | 'sort'>
type Found<Value> = Result<Value, ReferenceUnknown>

/** Whom a list is about, within what the caller may see. */
export async function peopleFilter(
  reading: Reading,
  reach: Reach,
  query: Filters,
): Promise<Found<PeopleFilter>> {
  const roles = rolesNamed(reading, query.role)
  if (!roles.ok) return roles
  const group = optionalGroup(reading, query.group)
  if (!group.ok) return group
  const organization = await organizationInSight(reading, reach, 'member.view', query.organization)
  if (!organization.ok) return organization

  return succeed({
    text: query.q,
    kind: query.kind === 'any' ? undefined : query.kind,
    status: query.status,
    verified: truth(query.verified),
    hasMfa: truth(query.mfa),
    roles: roles.value,
    group: group.value,
    organization: organization.value,
    among: inSight(reach),
    restricted: truth(query.restricted),
    seenFrom: momentOf(query.seen_from),
    seenBefore: momentOf(query.seen_before),
  })
}

/** The organizations by which somebody sees people; left out for somebody who sees all. */
export function inSight(reach: Reach): readonly OrganizationId[] | undefined {
  const where = reach.where('member.view')
  return where === 'everywhere' ? undefined : where
}

function rolesNamed({ index }: Reading, names: string | undefined): Found<readonly RoleId[] | undefined> {
  if (names === undefined) return succeed(undefined)
  const ids: RoleId[] = []
  for (const name of names.split(',')) {
    const role = roleNamed(index, name.trim(), '/role')
    if (!role.ok) return role
    ids.push(role.value)
  }
  return succeed(ids)
}

function optionalGroup({ index }: Reading, name: string | undefined): Found<GroupId | undefined> {
  return name === undefined ? succeed(undefined) : groupNamed(index, name, '/group')
}

function truth(flag: 'true' | 'false' | undefined): boolean | undefined {
  return flag === undefined ? undefined : flag === 'true'
}

function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text)
}
