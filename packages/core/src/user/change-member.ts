import type { AccessChange } from '../access/access-change.ts'
import { superuserKey } from '../blueprint/resolve-blueprint.ts'
import { setDefaultRole } from '../grant/change-grant.ts'
import type { Grant } from '../grant/grant.ts'
import type { GrantId, RoleId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Member } from './member.ts'

export type MemberStateRefusal = { readonly code: 'member_state'; readonly status: Member['status'] }

/** Takes everything from a member without removing anything; whoever is suspended at home has nothing anywhere. */
export function suspendMember(member: Member): Result<readonly AccessChange[], MemberStateRefusal> {
  return turn(member, 'suspended')
}

/** Gives a suspended member back what they had. */
export function reactivateMember(member: Member): Result<readonly AccessChange[], MemberStateRefusal> {
  return turn(member, 'active')
}

function turn(member: Member, status: Member['status']): Result<readonly AccessChange[], MemberStateRefusal> {
  if (member.status === status) return refuse({ code: 'member_state', status })
  return succeed([{ kind: 'member_set', member: { ...member, status } }])
}

/** Ends somebody's membership with its grants and its places in groups, at once. */
export function removeMember(member: Member): readonly AccessChange[] {
  return [{ kind: 'member_removed', user: member.user }]
}

/**
 * Ends one's own membership, which needs no permission.
 *
 * Only where one is a guest: a login without a home would be nowhere.
 */
export function leaveAccount(
  member: Member,
): Result<readonly AccessChange[], { readonly code: 'member_at_home' }> {
  return member.kind === 'home' ? refuse({ code: 'member_at_home' }) : succeed(removeMember(member))
}

export type PromoteRefusal =
  | { readonly code: 'member_external' }
  | { readonly code: 'member_suspended' }
  | { readonly code: 'member_superuser' }

/**
 * Makes a user a superuser for good: the role takes the place of the one over the whole account.
 *
 * Only users whose home is here: an account is not left in the hands of somebody whom another account can suspend.
 */
export function promoteToSuperuser(
  member: Member,
  context: { readonly held: readonly Grant[]; readonly grantId: GrantId; readonly now: number },
): Result<readonly AccessChange[], PromoteRefusal> {
  if (member.kind === 'external') return refuse({ code: 'member_external' })
  if (member.status === 'suspended') return refuse({ code: 'member_suspended' })
  const isSuperuser = context.held.some(
    ({ role, organization, startsAt, endsAt }) =>
      role === superuserKey &&
      organization === undefined &&
      endsAt === undefined &&
      (startsAt ?? -Infinity) <= context.now,
  )
  if (isSuperuser) return refuse({ code: 'member_superuser' })

  const subject = { kind: 'user', id: member.user } as const
  const promoted = setDefaultRole(subject, { id: superuserKey as RoleId }, context)
  if (!promoted.ok) throw new Error('A role without bounds is always current')
  return promoted
}
