import type { AccessChange } from '../access/access-change.ts'
import type { Bounds, Grant } from '../grant/grant.ts'
import type { GrantId, OrganizationId, RoleId, UserId } from '../id.ts'
import { succeed, type Result } from '../result.ts'
import { createRole, type RoleContext, type RoleRefusal } from './create-role.ts'
import type { CustomRole } from './role.ts'

/** A role made for one organization at the moment that somebody is put there. */
export interface SingleCustomerRequest extends Bounds {
  readonly user: UserId
  readonly organization: OrganizationId
  readonly role: Pick<CustomRole, 'id' | 'key' | 'name' | 'permissions'>
  readonly grantId: GrantId
}

/**
 * Makes a role bound to one organization and grants it there to this user, in one act.
 *
 * The role stands among the others afterwards: it can be edited, bound to more organizations, and granted to more
 * people there.
 */
export function restrictToCustomer(
  request: SingleCustomerRequest,
  context: RoleContext,
): Result<readonly AccessChange[], RoleRefusal> {
  const { user, organization, role, grantId: id, startsAt, endsAt } = request
  const made = createRole({ ...role, organizations: [organization] }, context)
  if (!made.ok) return made

  const subject = { kind: 'user', id: user } as const
  const grant = { id, subject, role: role.id, organization, startsAt, endsAt }
  return succeed([...made.value, { kind: 'grant_set', grant }])
}

/**
 * Makes a full user of somebody who is kept to some organizations by bound roles: those grants go, the new role comes
 * over the whole account, and no moment lies between.
 *
 * A bound role that nobody else holds goes with its last grant.
 */
export function convertToFullUser(
  user: UserId,
  { grantId: id, role }: { readonly grantId: GrantId; readonly role: RoleId },
  facts: {
    /** The user's own grants of bound roles. */
    readonly bound: readonly (Grant & { readonly role: RoleId })[]
    /** Of the roles of those grants, the ones that somebody else holds too, or that are promised to somebody. */
    readonly shared: ReadonlySet<RoleId>
  },
): readonly AccessChange[] {
  const unused = new Set(facts.bound.map((grant) => grant.role).filter((held) => !facts.shared.has(held)))
  return [
    ...facts.bound.map((grant) => ({ kind: 'grant_removed', id: grant.id }) as const),
    ...Array.from(unused, (held) => ({ kind: 'role_removed', id: held }) as const),
    { kind: 'grant_set', grant: { id, subject: { kind: 'user', id: user }, role } },
  ]
}
