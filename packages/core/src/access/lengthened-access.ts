import type { OrganizationId, UserId } from '../id.ts'
import { heldForms } from '../role/held-forms.ts'
import { difference, isEmpty } from '../role/permission-set.ts'
import type { AccessChange } from './access-change.ts'
import { affectedBy, type Transition } from './affected-by.ts'
import type { ScopedPermissions } from './change-refusal.ts'
import type { Directory } from './directory.ts'
import { effective } from './effective.ts'
import { Moment } from './moment.ts'
import { routesTo } from './routes.ts'
import { none } from './rows/number-column.ts'

/** What somebody would have from a later moment on that they would have lost by then. */
export interface Lengthening {
  readonly from: number
  readonly beyond: readonly ScopedPermissions[]
}

/** An account before and after somebody's own changes. */
export interface OwnChange extends Transition {
  readonly changes: readonly AccessChange[]
  readonly user: UserId
  readonly at: number
}

/** The whole account, or an organization. */
type Place = OrganizationId | undefined

/**
 * Whether somebody's own changes leave them with more, at some later moment, than they were to have then.
 *
 * Law 5 said over time: an end that was set to somebody's access is not theirs to put off, neither by the grant itself
 * nor by a second one, a role or a group. Nothing is looked at where the access that they have has no end, or where the
 * changes are about others.
 */
export function lengthenedAccess(change: OwnChange): Lengthening | undefined {
  const { before, after, account, changes, user } = change
  const edges = edgesIn(change, before)
  if (edges.size === 0) return undefined
  const affected = affectedBy({ before, after, account }, changes)
  if (affected !== 'everybody' && !affected.has(user)) return undefined

  const everywhere = placesOf(change)
  let isFirst = true
  for (const [edge, places] of inOrder(edges, edgesIn(change, after))) {
    // At the first one everything is looked at; from then on what begins or ends there, because all else is as it was.
    const looked = isFirst || places === 'all' ? everywhere : [...places]
    const beyond = looked.flatMap((place) => gainedAt(change, place, edge))
    if (beyond.length > 0) return { from: edge, beyond }
    isFirst = false
  }
  return undefined
}

/** When something that reaches somebody begins or ends by itself, and where that makes a difference. */
type Edges = Map<number, Set<Place> | 'all'>

function edgesIn({ account, user, at }: OwnChange, directory: Directory): Edges {
  const edges: Edges = new Map()
  const rows = directory.account(account)?.rows
  if (!rows) return edges

  let moment = new Moment(at)
  for (const { kind, subject } of routesTo(directory, rows, user, moment)) {
    rows.grantsTo[kind].each(subject, (position) => {
      const { startsAt = at, endsAt = at } = rows.grants.bounds(position)
      const organization = rows.grants.organization(position)
      const place = organization === none ? undefined : rows.names.organizations.id(organization)
      for (const edge of [startsAt, endsAt]) if (edge > at) addEdge(edges, edge, place)
    })
  }
  for (; moment.until < Infinity; routesTo(directory, rows, user, moment)) {
    edges.set(moment.until, 'all')
    moment = new Moment(moment.until)
  }
  return edges
}

/** What is over the whole account is so in every place. */
function addEdge(edges: Edges, edge: number, place: Place): void {
  const places = edges.get(edge) ?? new Set()
  edges.set(edge, place === undefined || places === 'all' ? 'all' : places.add(place))
}

function inOrder(a: Edges, b: Edges): readonly (readonly [number, ReadonlySet<Place> | 'all'])[] {
  const moments = [...new Set([...a.keys(), ...b.keys()])].toSorted((one, other) => one - other)
  return moments.map((edge) => {
    const [some, more] = [a.get(edge) ?? new Set<Place>(), b.get(edge) ?? new Set<Place>()]
    return [edge, some === 'all' || more === 'all' ? 'all' : new Set([...some, ...more])]
  })
}

/** The whole account, and every organization over which a grant reaches them afterwards. */
function placesOf({ after, account, user, at }: OwnChange): readonly Place[] {
  const rows = after.account(account)?.rows
  const places = new Set<Place>([undefined])
  for (const { kind, subject } of rows ? routesTo(after, rows, user, new Moment(at)) : []) {
    rows?.grantsTo[kind].each(subject, (position) => {
      const organization = rows.grants.organization(position)
      if (organization !== none) places.add(rows.names.organizations.id(organization))
    })
  }
  return [...places]
}

function gainedAt(
  { before, after, account, user }: OwnChange,
  place: Place,
  at: number,
): readonly ScopedPermissions[] {
  const isNew = place !== undefined && !before.account(account)?.hasOrganization(place)
  const was = effective(before, user, account, isNew ? undefined : place, at)
  const gained = difference(effective(after, user, account, place, at), was)
  if (isEmpty(gained)) return []
  const permissions = heldForms(gained, before.blueprint)
  return [{ ...(place !== undefined && { organization: place }), permissions }]
}
