import {
  refuse,
  succeed,
  type AccountIndex,
  type Agreement,
  type ConnectionTerms,
  type GroupId,
  type Opening,
  type OrganizationId,
  type Result,
  type RoleId,
  type RoleLookup,
  type Side,
} from '@keyholder/core'
import type { BodyOf, counterConnection } from '@keyholder/contract'
import {
  groupNamed,
  organizationsNamedIn,
  roleNamed,
  unknownAt,
  type ReferenceUnknown,
} from '../change/references.ts'
import type { Scene } from '../change/scene.ts'

const day = 86_400_000

type Wanted = BodyOf<typeof counterConnection>
type Found<Value> = Result<Value, ReferenceUnknown>

/** The host's roles, as the rules of connections look them up. */
export function rolesOf(index: AccountIndex): RoleLookup {
  return (id) => {
    const role = index.role(id)
    if (!role) return undefined
    return {
      permissions: role.permissions,
      organizations: 'organizations' in role ? role.organizations : undefined,
    }
  }
}

/** Terms as a request names them; what it leaves out is as before. */
export function termsNamed(
  body: Pick<Wanted, 'maximum' | 'assurance' | 'starts_at' | 'ends_at' | 'extension_days'>,
  before: ConnectionTerms,
  role: (name: string, pointer: string) => Found<RoleId>,
): Found<ConnectionTerms> {
  const maximum = body.maximum === undefined ? succeed(before.maximum) : role(body.maximum, '/maximum')
  if (!maximum.ok) return maximum
  const { extension_days: days } = body
  return succeed({
    maximum: maximum.value,
    assurance: body.assurance ?? before.assurance,
    startsAt: momentOr(body.starts_at, before.startsAt),
    endsAt: momentOr(body.ends_at, before.endsAt),
    extension: days === undefined ? before.extension : days === null ? undefined : days * day,
  })
}

export interface Openings {
  readonly groups: readonly GroupId[]
  readonly openings: readonly Opening[]
}

/** Where the host lets the guest in from the first moment. */
export async function openingsNamed(
  { tx }: Scene,
  index: AccountIndex,
  { groups = [], openings = [] }: Pick<Wanted, 'groups' | 'openings'>,
): Promise<Found<Openings>> {
  const places = openings.flatMap(({ organization }, place) =>
    organization === undefined ? [] : [{ organization, place }],
  )
  const found = await organizationsNamedIn(
    tx,
    index,
    places.map(({ organization }) => organization),
    (at) => `/openings/${places[at]?.place ?? 0}/organization`,
  )
  if (!found.ok) return found
  const byPlace = new Map(places.map(({ place }, at) => [place, found.value[at]]))
  return openingsWith(
    { groups, openings },
    {
      group: (name, pointer) => groupNamed(index, name, pointer),
      role: (name, pointer) => roleNamed(index, name, pointer),
      organization: (_, place) => succeed(byPlace.get(place)),
    },
  )
}

interface Lookups {
  readonly group: (name: string, pointer: string) => Found<GroupId>
  readonly role: (name: string, pointer: string) => Found<RoleId>
  readonly organization: (name: string, place: number) => Found<OrganizationId | undefined>
}

function openingsWith(
  { groups = [], openings = [] }: Pick<Wanted, 'groups' | 'openings'>,
  look: Lookups,
): Found<Openings> {
  const joined: GroupId[] = []
  for (const [place, name] of groups.entries()) {
    const group = look.group(name, `/groups/${place}`)
    if (!group.ok) return group
    joined.push(group.value)
  }
  const opened: Opening[] = []
  for (const [place, { role: name, organization: where, starts_at, ends_at }] of openings.entries()) {
    const role = name === undefined ? succeed(undefined) : look.role(name, `/openings/${place}/role`)
    if (!role.ok) return role
    const organization = where === undefined ? succeed(undefined) : look.organization(where, place)
    if (!organization.ok) return organization
    opened.push({
      role: role.value,
      organization: organization.value,
      startsAt: momentOr(starts_at, undefined),
      endsAt: momentOr(ends_at, undefined),
    })
  }
  return succeed({ groups: [...new Set(joined)], openings: opened })
}

/** The host's roles as this side may name them. */
export function roleFor(index: AccountIndex, agreement: Agreement, side: Side) {
  return (name: string, pointer: string): Found<RoleId> => {
    const found = roleNamed(index, name, pointer)
    if (!found.ok || side === 'host') return found
    return isShown(index, agreement, found.value) ? found : unknownAt(pointer)
  }
}

/** A guest learns of no role of the host but the built-in ones and those that were put to it. */
function isShown({ rows }: AccountIndex, { connection, offer }: Agreement, role: RoleId): boolean {
  const put = [
    connection.maximum,
    offer?.terms.maximum,
    ...(offer?.openings ?? []).map((opening) => opening.role),
  ]
  return rows.blueprint.role.has(role) || put.includes(role)
}

/** What a guest counters with: of groups and organizations, only those that it was offered can be named. */
export function counterOpenings(index: AccountIndex, agreement: Agreement, body: Wanted): Found<Openings> {
  const { groups = [], openings = [] } = agreement.offer ?? {}
  const among = <Id extends string>(
    ids: readonly (Id | undefined)[],
    name: string,
    pointer: string,
  ): Found<Id> => {
    const found = ids.find((id) => id === name)
    return found === undefined ? refuse({ code: 'reference_unknown', pointer }) : succeed(found)
  }
  const named = openingsWith(body, {
    group: (name, pointer) => among(groups, name, pointer),
    role: roleFor(index, agreement, 'guest'),
    organization: (name, place) =>
      among(
        openings.map(({ organization }) => organization),
        name,
        `/openings/${place}/organization`,
      ),
  })
  if (!named.ok) return named
  return succeed({
    groups: body.groups ? named.value.groups : groups,
    openings: body.openings ? named.value.openings : openings,
  })
}

function momentOr(text: string | null | undefined, before: number | undefined): number | undefined {
  if (text === undefined) return before
  return text === null ? undefined : Date.parse(text)
}
