import type { AccessChange } from '../access/access-change.ts'
import type { Grant } from '../grant/grant.ts'
import type { GrantId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Member } from '../user/member.ts'
import { mayAnswer, type AnswerRefusal, type Invitee } from './answer.ts'
import type { Invitation, OfferedGrant } from './invitation.ts'

export interface Acceptance {
  readonly invitation: Invitation
  /** To be judged as the inviter's changes, against what the inviter holds now. */
  readonly changes: readonly AccessChange[]
}

export type AcceptInvitationRefusal = AnswerRefusal | { readonly code: 'member_suspended' }

/**
 * Turns an open invitation into a membership with its grants and groups.
 *
 * Whether the person becomes a user or an external user follows from where their home is, not from what the
 * inviter expected. Somebody who has become a member meanwhile keeps that membership and gets the rest.
 */
export function acceptInvitation(
  invitation: Invitation,
  by: Invitee,
  context: {
    readonly member: Member | undefined
    /** The grants that the person has been given itself, in the account. */
    readonly held: readonly Grant[]
    /** One for each grant that is offered. */
    readonly grantIds: readonly GrantId[]
    readonly now: number
  },
): Result<Acceptance, AcceptInvitationRefusal> {
  const answer = mayAnswer(invitation, by, context.now)
  if (!answer.ok) return answer
  if (context.member?.status === 'suspended') return refuse({ code: 'member_suspended' })

  const grants = grantsToGive(invitation.grants, context)
  return succeed({
    invitation: { ...invitation, settled: { state: 'accepted', at: context.now, by: by.user } },
    changes: acceptanceChanges({ ...invitation, grants }, by, context),
  })
}

/** What of an offer there is still to give: without what has ended meanwhile, and without what the person has anyway. */
export function grantsToGive(
  offered: readonly OfferedGrant[],
  { held, now }: { readonly held: readonly Grant[]; readonly now: number },
): readonly OfferedGrant[] {
  return offered.filter(
    (grant) => (grant.endsAt ?? Infinity) > now && !held.some((other) => includes(other, grant, now)),
  )
}

/** Whether a grant gives all that is offered, for as long as it is offered. */
function includes(grant: Grant, offered: OfferedGrant, now: number): boolean {
  return (
    grant.role === offered.role &&
    grant.organization === offered.organization &&
    (grant.startsAt ?? -Infinity) <= Math.max(offered.startsAt ?? -Infinity, now) &&
    (grant.endsAt ?? Infinity) >= (offered.endsAt ?? Infinity)
  )
}

/**
 * What the acceptance of an invitation changes.
 *
 * An invitation is judged when it is made or edited by the same changes, with a made-up user in the invitee's place.
 */
export function acceptanceChanges(
  invitation: Pick<Invitation, 'account' | 'grants' | 'groups'>,
  { user, home }: Pick<Invitee, 'user' | 'home'>,
  context: { readonly member?: Member | undefined; readonly grantIds: readonly GrantId[] },
): readonly AccessChange[] {
  const kind = home === invitation.account ? 'home' : 'external'
  const member: AccessChange = { kind: 'member_set', member: { user, kind, status: 'active', home } }
  const subject = { kind: 'user', id: user } as const

  return [
    ...(context.member ? [] : [member]),
    ...invitation.groups.map((group) => ({ kind: 'group_member_added', group, member: subject }) as const),
    ...invitation.grants.map((grant, index) => {
      const id = idAt(context.grantIds, index)
      return { kind: 'grant_set', grant: { ...grant, id, subject } } as const
    }),
  ]
}

function idAt(ids: readonly GrantId[], index: number): GrantId {
  const id = ids[index]
  if (id === undefined) throw new RangeError(`No id was given for grant ${index} of the invitation`)
  return id
}
