import {
  createGrant,
  refuse,
  restrictToCustomer,
  setOfForms,
  succeed,
  type AccessChange,
  type AccountIndex,
  type CustomRole,
  type Grant,
  type GrantId,
  type Json,
  type OrganizationId,
  type Result,
  type RoleId,
  type UserId,
} from '@keyholder/core'
import type { BodyOf, createMember } from '@keyholder/contract'
import { findOrganization } from '@keyholder/storage'
import type { EventDraft } from '../change/change-plan.ts'
import { groupNamed, organizationsNamedIn, roleNamed } from '../change/references.ts'
import type { Scene } from '../change/scene.ts'
import { boundsWanted } from '../change/wanted-bounds.ts'
import { roleContext, toldOfRole } from '../change/custom-roles.ts'
import type { Refused } from '../http/call.ts'

type Body = BodyOf<typeof createMember>
type Decided<Value> = Result<Value, Refused['refusal']>

interface Person {
  readonly user: UserId
  readonly email: string
}

/** The access that somebody starts with, and what the log tells of it. */
export interface FirstAccess {
  readonly changes: readonly AccessChange[]
  readonly told: Readonly<Record<string, Json>>
  readonly events: readonly EventDraft[]
}

/** What a new user gets: a default role, roles over organizations and groups, or one organization and nothing else. */
export async function firstAccess(
  scene: Scene,
  index: AccountIndex,
  person: Person,
  body: Body,
): Promise<Decided<FirstAccess>> {
  const grants = await grantsWanted(scene, index, person.user, body)
  if (!grants.ok) return grants
  const groups = groupsWanted(index, person.user, body.groups)
  if (!groups.ok) return groups
  const single = await singleOrganization(scene, index, person, body)
  if (!single.ok) return single

  return succeed({
    changes: [...grants.value, ...groups.value, ...single.value.changes],
    told: {
      grants: grants.value.flatMap((change) =>
        change.kind === 'grant_set' ? toldOfGrant(change.grant) : [],
      ),
      groups: groups.value.flatMap((change) => (change.kind === 'group_member_added' ? change.group : [])),
      ...single.value.told,
    },
    events: single.value.events,
  })
}

async function grantsWanted(
  scene: Scene,
  index: AccountIndex,
  user: UserId,
  body: Body,
): Promise<Decided<readonly AccessChange[]>> {
  const names = body.grants.map(({ organization }) => organization)
  const organizations = await organizationsNamedIn(
    scene.tx,
    index,
    names,
    (place) => `/grants/${place}/organization`,
  )
  if (!organizations.ok) return organizations

  const wanted = [
    ...(body.default_role ? [{ ...body.default_role, pointer: '/default_role/role', scope: undefined }] : []),
    ...body.grants.map((grant, place) => ({
      ...grant,
      pointer: `/grants/${place}/role`,
      scope: organizations.value[place],
    })),
  ]
  const held: Grant[] = []
  for (const { role: name, pointer, scope, ...bounds } of wanted) {
    const role = roleNamed(index, name, pointer)
    if (!role.ok) return role
    const grant: Grant = {
      id: scene.newId<GrantId>('grant'),
      subject: { kind: 'user', id: user },
      role: role.value,
      organization: scope,
      ...boundsWanted(bounds),
    }
    const decided = createGrant(grant, { held, now: scene.at })
    if (!decided.ok) return decided
    held.push(grant)
  }
  return succeed(held.map((grant) => ({ kind: 'grant_set', grant })))
}

function groupsWanted(
  index: AccountIndex,
  user: UserId,
  names: readonly string[],
): Decided<readonly AccessChange[]> {
  const changes: AccessChange[] = []
  for (const [place, name] of names.entries()) {
    const group = groupNamed(index, name, `/groups/${place}`)
    if (!group.ok) return group
    changes.push({ kind: 'group_member_added', group: group.value, member: { kind: 'user', id: user } })
  }
  return succeed(changes)
}

/** A role made for this person over one organization; making it takes the permission to make roles there. */
async function singleOrganization(
  scene: Scene,
  index: AccountIndex,
  { user, email }: Person,
  { single_organization: wanted, name }: Body,
): Promise<Decided<FirstAccess>> {
  if (!wanted) return succeed({ changes: [], told: {}, events: [] })
  const found = await organizationsNamedIn(
    scene.tx,
    index,
    [wanted.organization],
    () => '/single_organization/organization',
  )
  if (!found.ok) return found
  const [organization] = found.value as readonly [OrganizationId]
  if (!scene.reach(index.id).may('role.create', organization)) {
    return refuse({ code: 'not_permitted' as const, permission: 'role.create' })
  }
  const permissions = setOfForms(wanted.permissions, index.rows.blueprint)
  if (!permissions.ok) return permissions

  const place = await findOrganization(scene.tx, index.id, organization)
  const id = scene.newId<RoleId>('role')
  const role: CustomRole = {
    id,
    key: freeKey(index, `only-${place?.key ?? ''}`.slice(0, 58)),
    name: wanted.name ?? `${place?.name ?? ''}: ${name ?? email}`.slice(0, 200),
    permissions: permissions.value,
    organizations: [organization],
  }
  const decided = restrictToCustomer(
    { user, organization, role, grantId: scene.newId<GrantId>('grant'), ...boundsWanted(wanted) },
    roleContext(index),
  )
  if (!decided.ok) return decided
  return succeed({
    changes: decided.value,
    told: { single_organization: { organization, role: id } },
    events: [
      {
        action: 'role.create',
        target: { type: 'role', id },
        organization,
        after: toldOfRole(index, role),
      },
    ],
  })
}

/** The key, with the first number that makes it one of its own: the same in a preview and when it is applied. */
function freeKey(index: AccountIndex, wanted: string): string {
  const taken = new Set(index.rows.roles.map((role) => role?.key))
  let key = wanted
  for (let number = 2; taken.has(key); number++) key = `${wanted}-${number}`
  return key
}

function toldOfGrant({ role, organization }: Grant) {
  return { role: role ?? null, organization: organization ?? null }
}
