import type { AccessChange } from '../access/access-change.ts'
import type { GrantId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Member } from '../user/member.ts'
import { mayAnswer, type AnswerRefusal, type Invitee } from './answer.ts'
import type { Invitation } from './invitation.ts'

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
 * inviter expected. Somebody who has become a member meanwhile keeps that membership and gets the rest; an offered
 * grant whose end has come meanwhile is left out.
 */
export function acceptInvitation(
  invitation: Invitation,
  by: Invitee,
  context: {
    readonly member: Member | undefined
    /** One for each grant that is offered. */
    readonly grantIds: readonly GrantId[]
    readonly now: number
  },
): Result<Acceptance, AcceptInvitationRefusal> {
  const answer = mayAnswer(invitation, by, context.now)
  if (!answer.ok) return answer
  if (context.member?.status === 'suspended') return refuse({ code: 'member_suspended' })

  const grants = invitation.grants.filter(({ endsAt }) => (endsAt ?? Infinity) > context.now)
  return succeed({
    invitation: { ...invitation, settled: { state: 'accepted', at: context.now, by: by.user } },
    changes: acceptanceChanges({ ...invitation, grants }, by, context),
  })
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
