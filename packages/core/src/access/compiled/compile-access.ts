import type { UserId } from '../../id.ts'
import type { AccountIndex } from '../account-index.ts'
import type { Directory } from '../directory.ts'
import { grantObstacles } from '../grant-obstacles.ts'
import { Moment } from '../moment.ts'
import type { Route } from '../route.ts'
import { grantedRole, homeFor, maximumOf, routesTo } from '../routes.ts'
import type { AccountRows } from '../rows/account-rows.ts'
import { none } from '../rows/number-column.ts'
import { likenessOf } from './likeness.ts'
import { emptyClass, type Classes } from './classes.ts'
import type { CompiledAccess } from './compiled-access.ts'
import type { Condition, HomeMark } from './condition.ts'

/** The terms of somebody's access: over the whole account, and by organization. */
interface Terms {
  readonly base: number[]
  readonly scoped: { readonly organization: number; readonly term: number }[]
}

/** Compiles what a user has in an account at a moment into a record, and keeps it where it can be found again. */
export function compileAccess(directory: Directory, index: AccountIndex, user: number, at: number): number {
  const { rows, compiled } = index
  const likeness = likenessOf(rows, user)
  const known = likeness === undefined ? undefined : compiled.alike.get(likeness)
  if (known !== undefined && compiled.records.isTrue(known, directory, at)) {
    compiled.keep(user, known)
    return known
  }

  const home = homeFor(directory, rows, rows.names.users.id(user))
  const record = compileRecord(directory, index, user, home, new Moment(at))
  if (home !== undefined) compiled.keep(user, record)
  if (likeness !== undefined) compiled.alike.set(likeness, record)
  return record
}

function compileRecord(
  directory: Directory,
  { rows, compiled }: AccountIndex,
  user: number,
  home: AccountRows | undefined,
  moment: Moment,
): number {
  const id = rows.names.users.id(user)
  const terms: Terms = { base: [], scoped: [] }
  for (const route of routesTo(directory, rows, id, moment)) {
    if (route.obstacles.length === 0) addTerms(rows, compiled.classes, route, moment, terms)
  }
  const mark = home && home !== rows ? markOf(directory, home, id) : undefined
  const { from, until } = moment
  const isAlways = from === -Infinity && until === Infinity && mark === undefined
  return writeRecord(compiled, isAlways ? undefined : { from, until, home: mark }, terms)
}

function addTerms(rows: AccountRows, classes: Classes, route: Route, moment: Moment, terms: Terms): void {
  const { through } = route
  const ceiling = through && { maximum: maximumOf(rows, through.connection), standing: through.standing.set }
  rows.grantsTo[route.kind].each(route.subject, (position) => {
    const number = grantedRole(rows, route, position)
    const role = rows.roles[number]
    if (!role || grantObstacles(rows, position, role, moment).length > 0) return

    const organization = rows.grants.organization(position)
    const isOverAccount = organization === none
    const term = ceiling
      ? classes.termUnder(ceiling, number, isOverAccount)
      : classes.termOf(number, isOverAccount)
    if (organization === none) terms.base.push(term)
    else terms.scoped.push({ organization, term })
  })
}

function writeRecord(
  { classes, records }: CompiledAccess,
  condition: Condition | undefined,
  terms: Terms,
): number {
  const base = terms.base.reduce((number, term) => classes.with(number, term), emptyClass)
  const inEach = new Map<number, number>()
  for (const { organization, term } of terms.scoped) {
    inEach.set(organization, classes.with(inEach.get(organization) ?? base, term))
  }
  return records.write(condition, base, inEach)
}

function markOf(directory: Directory, home: AccountRows, user: UserId): HomeMark | undefined {
  const number = home.names.users.find(user)
  const index = directory.account(home.id)
  if (number === undefined || index === undefined) return undefined
  return {
    account: home.id,
    user: number,
    compiled: index.compiled.pageOf(number),
    roles: home.roles,
    status: home.status,
  }
}
