import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { emptySet, union, type PermissionSet } from '../role/permission-set.ts'
import { carried } from './carried.ts'
import type { Directory } from './directory.ts'
import { grantObstacles } from './grant-obstacles.ts'
import { Moment } from './moment.ts'
import type { Route } from './route.ts'
import { grantedRole, routesTo } from './routes.ts'
import type { AccountRows, Role } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/** The whole account, or an organization. */
export type Place = OrganizationId | undefined

/** A grant begins to count, or ends. */
interface Step {
  readonly at: number
  readonly place: Place
  readonly set: PermissionSet
  readonly by: 1 | -1
}

/**
 * What somebody holds in an account from a moment on, as grants begin and end by themselves: the same as `effective`
 * at each moment, at the cost of one look at each grant for all of them together.
 *
 * True until the ways by which grants reach them open or close, at `until`.
 */
export class HeldOverTime {
  /** When a connection or what stands behind it begins or ends next. */
  readonly until: number
  readonly #size: number
  readonly #steps: readonly Step[]
  /** How many grants give a set in a place at this moment. */
  readonly #given = new Map<Place, Map<PermissionSet, number>>()
  #next = 0

  constructor(directory: Directory, account: AccountId, user: UserId, from: number) {
    const moment = new Moment(from)
    const rows = directory.account(account)?.rows
    const routes = rows ? routesTo(directory, rows, user, moment) : []
    this.until = moment.until
    this.#size = directory.blueprint.size
    this.#steps = rows ? stepsOf(rows, routes, from).toSorted((a, b) => a.at - b.at) : []
    this.goTo(from)
  }

  /** Time only goes forward. */
  goTo(at: number): void {
    for (; (this.#steps[this.#next]?.at ?? Infinity) <= at; this.#next++) {
      const { place, set, by } = this.#steps[this.#next] as Step
      const sets = this.#given.get(place) ?? new Map<PermissionSet, number>()
      const count = (sets.get(set) ?? 0) + by
      if (count === 0) sets.delete(set)
      else sets.set(set, count)
      this.#given.set(place, sets)
    }
  }

  /** What is held at this moment in a place of the account; what is held everywhere is held there too. */
  heldIn(place: Place): PermissionSet {
    let held = emptySet(this.#size)
    for (const each of new Set([undefined, place])) {
      for (const set of this.#given.get(each)?.keys() ?? []) held = union(held, set)
    }
    return held
  }

  /** All that is ever given in each place beside what is given everywhere, in a form that can be compared. */
  stories(): ReadonlyMap<Place, string> {
    const steps = new Map<Place, string[]>()
    for (const { at, place, set, by } of this.#steps) {
      if (place === undefined) continue
      const told = steps.get(place) ?? []
      told.push(`${at} ${by} ${set.join()}`)
      steps.set(place, told)
    }
    return new Map([...steps].map(([place, told]) => [place, told.toSorted().join('\n')]))
  }
}

function stepsOf(rows: AccountRows, routes: readonly Route[], from: number): readonly Step[] {
  if (rows.status === 'suspended') return []
  const steps: Step[] = []
  for (const route of routes) {
    if (route.obstacles.length > 0) continue
    const setOf = setsAlong(rows, route)
    rows.grantsTo[route.kind].each(route.subject, (position) => {
      const number = grantedRole(rows, route, position)
      const role = rows.roles[number]
      const { startsAt = from, endsAt } = rows.grants.bounds(position)
      const at = Math.max(startsAt, from)
      if (!role || grantObstacles(rows, position, role, new Moment(at)).length > 0) return

      const organization = rows.grants.organization(position)
      const place = organization === none ? undefined : rows.names.organizations.id(organization)
      const set = setOf(number, role, place === undefined)
      steps.push({ at, place, set, by: 1 })
      if (endsAt !== undefined) steps.push({ at: endsAt, place, set, by: -1 })
    })
  }
  return steps
}

/** What roles carry along a route; each set is made once, so that it can be counted. */
function setsAlong({ blueprint }: AccountRows, { through }: Route) {
  const ceiling = through && {
    maximum: through.maximum?.permissions ?? emptySet(blueprint.size),
    standing: through.standing.set,
  }
  const known = new Map<number, PermissionSet>()
  return (number: number, role: Role, isOverAccount: boolean): PermissionSet => {
    const key = number * 2 + (isOverAccount ? 1 : 0)
    const set = known.get(key) ?? carried(blueprint, role.permissions, isOverAccount, ceiling)
    known.set(key, set)
    return set
  }
}
