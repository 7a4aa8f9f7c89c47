import type { UserId } from '../id.ts'
import { heldForms } from '../role/held-forms.ts'
import { difference, emptySet, isEmpty, type PermissionSet } from '../role/permission-set.ts'
import type { AccessChange } from './access-change.ts'
import { affectedBy, type Transition } from './affected-by.ts'
import type { ScopedPermissions } from './change-refusal.ts'
import type { Directory } from './directory.ts'
import { HeldOverTime, type Place } from './held-over-time.ts'
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

  let held = new HeldBySides(change, change.at)
  let isFirst = true
  for (const [edge, places] of inOrder(edges, edgesIn(change, after))) {
    if (edge >= held.until) held = new HeldBySides(change, edge)
    held.goTo(edge)
    // At the first one everything is looked at; from then on what begins or ends there, because all else is as it was.
    const looked = isFirst || places === 'all' ? 'all' : places
    if (held.gainsIn(looked)) return { from: edge, beyond: beyondIn(change, held, looked) }
    isFirst = false
  }
  return undefined
}

/** What somebody holds over time on both sides of their changes, as long as the ways of their grants stay as they are. */
class HeldBySides {
  readonly until: number
  readonly #change: OwnChange
  readonly #before: HeldOverTime
  readonly #after: HeldOverTime
  /** The whole account, and where the changes make a difference of their own. */
  readonly #differing: ReadonlySet<Place>

  constructor(change: OwnChange, from: number) {
    const { before, after, account, user } = change
    this.#change = change
    this.#before = new HeldOverTime(before, account, user, from)
    this.#after = new HeldOverTime(after, account, user, from)
    this.until = Math.min(this.#before.until, this.#after.until)
    this.#differing = new Set([undefined, ...differing(this.#before.stories(), this.#after.stories())])
  }

  goTo(at: number): void {
    this.#before.goTo(at)
    this.#after.goTo(at)
  }

  /**
   * Whether there is a gain in any of these places, or over the whole account. Where the changes make no difference of
   * their own, what is gained is gained over the whole account.
   */
  gainsIn(places: ReadonlySet<Place> | 'all'): boolean {
    const looked =
      places === 'all'
        ? this.#differing
        : [undefined, ...places].filter((place) => this.#differing.has(place))
    for (const place of looked) if (!isEmpty(this.gainedIn(place))) return true
    return false
  }

  gainedIn(place: Place): PermissionSet {
    const { before, after, account } = this.#change
    const isIn = (directory: Directory) =>
      place === undefined || directory.account(account)?.hasOrganization(place)
    if (!isIn(after)) return emptySet(after.blueprint.size)
    return difference(this.#after.heldIn(place), this.#before.heldIn(isIn(before) ? place : undefined))
  }
}

function differing(before: ReadonlyMap<Place, string>, after: ReadonlyMap<Place, string>): readonly Place[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (place) => before.get(place) !== after.get(place),
  )
}

function beyondIn(
  change: OwnChange,
  held: HeldBySides,
  places: ReadonlySet<Place> | 'all',
): readonly ScopedPermissions[] {
  return [...(places === 'all' ? placesOf(change) : places)].flatMap((place) => {
    const gained = held.gainedIn(place)
    if (isEmpty(gained)) return []
    const permissions = heldForms(gained, change.before.blueprint)
    return [{ ...(place !== undefined && { organization: place }), permissions }]
  })
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
