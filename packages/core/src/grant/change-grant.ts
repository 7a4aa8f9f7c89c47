import type { AccessChange } from '../access/access-change.ts'
import type { GrantId, RoleId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Bounds, Grant, Subject } from './grant.ts'

export type GrantRefusal =
  | { readonly code: 'grant_exists'; readonly grant: GrantId }
  | { readonly code: 'grant_never_current' }

/**
 * Gives a role to a subject over a scope.
 *
 * Refused when the same subject has the same role over the same scope at some of the same time already: change that
 * grant's start or end instead.
 */
export function createGrant(
  grant: Grant,
  context: {
    /** The grants that the subject has been given itself. */
    readonly held: readonly Grant[]
    readonly now: number
  },
): Result<readonly AccessChange[], GrantRefusal> {
  if (isNeverCurrent(grant, context.now)) return refuse({ code: 'grant_never_current' })
  const same = context.held.find((other) => isSameGrant(other, grant) && overlap(other, grant))
  return same ? refuse({ code: 'grant_exists', grant: same.id }) : succeed([{ kind: 'grant_set', grant }])
}

/** Changes the role, start or end of a grant; its subject and scope stay. `null` takes a bound away. */
export function editGrant(
  grant: Grant,
  edit: {
    readonly role?: RoleId | undefined
    readonly startsAt?: number | null | undefined
    readonly endsAt?: number | null | undefined
  },
  now: number,
): Result<readonly AccessChange[], { readonly code: 'grant_never_current' }> {
  const edited: Grant = {
    ...grant,
    role: edit.role ?? grant.role,
    startsAt: edit.startsAt === undefined ? grant.startsAt : (edit.startsAt ?? undefined),
    endsAt: edit.endsAt === undefined ? grant.endsAt : (edit.endsAt ?? undefined),
  }
  if (isNeverCurrent(edited, now)) return refuse({ code: 'grant_never_current' })
  return succeed([{ kind: 'grant_set', grant: edited }])
}

/**
 * Makes this the one role that a subject has over the whole account; without a role, the subject keeps none.
 *
 * The first of the subject's grants over the account becomes the new one, so its id and history go on.
 */
export function setDefaultRole(
  subject: Subject,
  role: (Bounds & { readonly id: RoleId }) | undefined,
  context: {
    /** The grants that the subject has been given itself. */
    readonly held: readonly Grant[]
    /** Of the grant, where there is none over the account yet. */
    readonly grantId: GrantId
    readonly now: number
  },
): Result<readonly AccessChange[], { readonly code: 'grant_never_current' }> {
  if (role && isNeverCurrent(role, context.now)) return refuse({ code: 'grant_never_current' })
  const [first, ...others] = context.held.filter(({ organization }) => organization === undefined)
  const gone = role === undefined && first ? [first, ...others] : others
  const removals = gone.map(({ id }) => ({ kind: 'grant_removed', id }) as const)
  if (role === undefined) return succeed(removals)

  const { startsAt, endsAt } = role
  const grant: Grant = { id: first?.id ?? context.grantId, subject, role: role.id, startsAt, endsAt }
  return succeed([{ kind: 'grant_set', grant }, ...removals])
}

/** A grant that has ended when it is made, or ends before it starts, would say something and give nothing. */
export function isNeverCurrent({ startsAt, endsAt }: Bounds, now: number): boolean {
  return (endsAt ?? Infinity) <= Math.max(startsAt ?? -Infinity, now)
}

/** Of two grants to one subject. */
function isSameGrant(a: Grant, b: Grant): boolean {
  return a.role === b.role && a.organization === b.organization
}

function overlap(a: Bounds, b: Bounds): boolean {
  return (
    (a.startsAt ?? -Infinity) < (b.endsAt ?? Infinity) && (b.startsAt ?? -Infinity) < (a.endsAt ?? Infinity)
  )
}
