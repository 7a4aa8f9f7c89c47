import {
  acceptInvitation as accepted,
  judgeChanges,
  refuse,
  succeed,
  type AccountId,
  type GrantId,
  type Invitation,
  type Result,
} from '@keyholder/core'
import type { Endpoint } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { reachNow } from '../change/author.ts'
import type { ChangePlan } from '../change/change-plan.ts'
import { mayFill } from '../change/filling-delegates.ts'
import type { Scene } from '../change/scene.ts'
import type { Refused } from '../http/call.ts'
import type { Opened } from './find-by-token.ts'
import { told } from './invitation-form.ts'
import { secretHash } from '../http/secret-token.ts'
import { mayTouch } from './judge-offer.ts'
import { answerRefusal, joining, type Accepting } from './sign-up.ts'

/** The accounts that an acceptance concerns: the one that invites, and the home of whoever accepts. */
export function accountsOfAcceptance({ account }: Opened, { invitee }: Accepting): readonly AccountId[] {
  return [...new Set([account.id, invitee.home])]
}

/** Everything that an acceptance changes, however it is answered. */
export async function acceptancePlan(
  scene: Scene,
  opened: Opened,
  accepting: Accepting,
  token: string,
): Promise<Result<Omit<ChangePlan<Endpoint>, 'answer'>, Refused['refusal']>> {
  const { account } = opened
  const { invitee } = accepting
  const found = await stillThere(scene, opened, token)
  if (!found.ok) return found
  const decided = accept(scene, found.value, accepting)
  if (!decided.ok) return decided
  const backed = await backedBy(scene, opened, found.value, decided.value)
  if (!backed.ok) return backed

  const { invitation, changes } = decided.value
  const { before, access, events } = joining(scene, account.id, accepting)
  const isGuest = invitee.home !== account.id
  return succeed({
    before,
    access: [
      ...access,
      { account: account.id, changes, judgedAs: backed.value },
      ...(isGuest && access.length === 0 ? [{ account: invitee.home, changes: [], moves: true }] : []),
    ],
    rows: (tx) => storage.updateInvitation(tx, invitation),
    events: [
      ...events,
      {
        action: 'invitation.accept',
        target: { type: 'invitation', id: invitation.id },
        accounts: accountsOfAcceptance(opened, accepting),
        after: { ...told({ invitation }), user: invitee.user },
      },
    ],
  })
}

/** The invitation once its account is locked; sent again meanwhile, this link is dead, and edited, another answers for it. */
export async function stillThere(
  { tx }: Scene,
  { invitation }: Opened,
  token: string,
): Promise<Result<Invitation, Refused['refusal']>> {
  const found = await storage.findInvitationByToken(tx, secretHash(token))
  if (!found) return refuse({ code: 'invitation_not_found' })
  const isSame = found.invitation.invitedBy.id === invitation.invitedBy.id
  return isSame ? succeed(found.invitation) : refuse({ code: 'version_outdated' })
}

function accept(scene: Scene, invitation: Invitation, { invitee }: Accepting) {
  const { account, grants } = invitation
  const member = scene.index(account).member(invitee.user)
  const atHome = scene.index(invitee.home).member(invitee.user)
  if (atHome?.status === 'suspended') return refuse({ code: 'member_suspended' as const })
  const grantIds = grants.map(() => scene.newId<GrantId>('grant'))
  const held = scene.index(account).grantsTo({ kind: 'user', id: invitee.user })
  const decided = accepted(invitation, invitee, { member, held, grantIds, now: scene.at })
  return decided.ok ? decided : refuse(answerRefusal(decided.refusal))
}

/**
 * In whose power the invitation is accepted: whoever answers for it, if they may still invite there and give all that
 * it brings. Why not is no business of the invitee's.
 */
async function backedBy(
  scene: Scene,
  { answerable }: Opened,
  invitation: Invitation,
  { changes }: Extract<ReturnType<typeof accept>, { ok: true }>['value'],
) {
  const notBacked = refuse({ code: 'invitation_not_backed' as const })
  if (!answerable) return notBacked
  const { account, groups } = invitation
  const { tx, directory, at } = scene
  const reach = reachNow(scene, account, answerable)
  const mayInvite = ['invitation.create', 'invitation.edit'].some(
    (permission) => mayTouch(reach, permission, invitation).ok,
  )
  const { actor } = answerable
  const isHeld = judgeChanges(directory, { actor, account, changes, at }).ok
  const filling = await mayFill(tx, reach, account, groups)
  return mayInvite && isHeld && filling.ok ? succeed(actor) : notBacked
}
