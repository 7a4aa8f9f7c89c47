import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { heldForms } from '../role/held-forms.ts'
import { difference, isEmpty } from '../role/permission-set.ts'
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
export interface OwnChange {
  readonly before: Directory
  readonly after: Directory
  readonly account: AccountId
  readonly user: UserId
  readonly at: number
}

/**
 * Whether somebody's own changes leave them with more, at some later moment, than they were to have then.
 *
 * Law 5 said over time: an end that was set to somebody's access is not theirs to put off, neither by the grant itself
 * nor by a second one, a role or a group. Nothing is looked at where the access that they have has no end.
 */
export function lengthenedAccess(change: OwnChange): Lengthening | undefined {
  if (edgeAfter(change, change.before, change.at) === Infinity) return undefined

  for (let edge = nextEdge(change, change.at); edge < Infinity; edge = nextEdge(change, edge)) {
    const beyond = placesOf(change).flatMap((place) => gainedAt(change, place, edge))
    if (beyond.length > 0) return { from: edge, beyond }
  }
  return undefined
}

/** When next something that reaches them begins or ends by itself, before the changes or after them. */
function nextEdge(change: OwnChange, at: number): number {
  return Math.min(edgeAfter(change, change.before, at), edgeAfter(change, change.after, at))
}

function edgeAfter({ account, user }: OwnChange, directory: Directory, at: number): number {
  const rows = directory.account(account)?.rows
  if (!rows) return Infinity

  const moment = new Moment(at)
  for (const { kind, subject } of routesTo(directory, rows, user, moment)) {
    rows.grantsTo[kind].each(subject, (position) => moment.see(rows.grants.bounds(position)))
  }
  return moment.until
}

/** The whole account, and every organization over which a grant reaches them afterwards. */
function placesOf({ after, account, user, at }: OwnChange): readonly (OrganizationId | undefined)[] {
  const rows = after.account(account)?.rows
  const places = new Set<OrganizationId | undefined>([undefined])
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
  place: OrganizationId | undefined,
  at: number,
): readonly ScopedPermissions[] {
  const isNew = place !== undefined && !before.account(account)?.hasOrganization(place)
  const was = effective(before, user, account, isNew ? undefined : place, at)
  const gained = difference(effective(after, user, account, place, at), was)
  if (isEmpty(gained)) return []
  const permissions = heldForms(gained, before.blueprint)
  return [{ ...(place !== undefined && { organization: place }), permissions }]
}
