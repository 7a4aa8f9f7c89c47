import {
  editInvitation as edited,
  refuse,
  resendInvitation as resent,
  revokeInvitation as revoked,
  succeed,
  type AccountId,
  type Invitation,
  type InvitationId,
} from '@keyholder/core'
import { createInvitation, resendInvitation, revokeInvitation, updateInvitation } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { authorOf } from '../change/author.ts'
import { changeAccess } from '../change/change-access.ts'
import type { ChangeDeps } from '../change/change-deps.ts'
import type { EventDraft } from '../change/change-plan.ts'
import type { Scene } from '../change/scene.ts'
import type { Bind } from '../http/bind.ts'
import { outdated } from '../http/etag.ts'
import { atAcceptance } from './at-acceptance.ts'
import { invite, inWords } from './invite.ts'
import { told } from './invitation-form.ts'
import { invitationMail } from './invitation-mail.ts'
import { newSecretToken } from '../http/secret-token.ts'
import { beyondIn, mayOffer, mayTouch } from './judge-offer.ts'
import { offerNamed, wordsOf } from './offer-named.ts'
import { sendingFrom, shownInvitation } from './write-invitation.ts'

/** Makes, edits, resends and revokes invitations; nothing is given until one is accepted. */
export function bindInvitationChanges(bind: Bind, deps: ChangeDeps): void {
  bind(createInvitation, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const offer = await offerNamed(scene, scene.index(account), call.body)
      if (!offer.ok) return offer
      const author = authorOf(call.caller)
      const sending = await sendingFrom(scene.tx, account, author)
      const { kind, email } = call.body
      const invited = await invite(
        { scene, account, author, sending },
        { kind, email, ...offer.value, ...wordsOf(call.body) },
      )
      if (!invited.ok) return invited

      const { invitation, write, event, mail, promised } = invited.value
      return succeed({
        promised: [promised],
        rows: write,
        events: [event],
        mails: [mail],
        answer: (tx) => shownInvitation(201, tx, account, invitation.id),
      })
    })
  })

  bind(updateInvitation, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await touchable(scene, account, call.params.invitation, 'invitation.edit')
      if (!found.ok) return found
      const stale = outdated(call, found.value.version)
      if (stale) return stale
      const before = found.value.invitation
      const offer = await offerNamed(scene, scene.index(account), call.body, before)
      if (!offer.ok) return offer

      const author = authorOf(call.caller)
      const { maximumLife } = await sendingFrom(scene.tx, account, author)
      const edit = { ...offer.value, ...wordsOf(call.body) }
      const after = edited(before, edit, { maximumLife, now: scene.at })
      if (!after.ok) return refuse(inWords(after.refusal))
      const answerable = { ...after.value, invitedBy: author }
      const permitted = mayTouch(scene.reach(account), 'invitation.edit', answerable)
      if (!permitted.ok) return permitted
      const judged = await mayOffer(scene, answerable)
      if (!judged.ok) return judged
      const beyond = await beyondIn(scene, before)
      if (beyond) return refuse(beyond)
      return succeed({
        promised: [await atAcceptance(scene, answerable)],
        rows: (tx) => storage.updateInvitation(tx, answerable),
        events: [eventOf('invitation.update', answerable, before)],
        answer: (tx) => shownInvitation(200, tx, account, before.id),
      })
    })
  })

  bind(resendInvitation, (call) => {
    const account = call.account.id
    const expiresAt = call.body?.expires_at

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await touchable(scene, account, call.params.invitation, 'invitation.edit')
      if (!found.ok) return found
      const before = found.value.invitation
      const author = authorOf(call.caller)
      const sending = await sendingFrom(scene.tx, account, author)
      const { token, tokenHash } = newSecretToken('khi')
      const after = resent(before, {
        tokenHash,
        expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
        maximumLife: sending.maximumLife,
        now: scene.at,
      })
      if (!after.ok) return refuse(inWords(after.refusal))
      const judged = await mayOffer(scene, before)
      if (!judged.ok) return judged

      const answerable = { ...after.value, invitedBy: author }
      return succeed({
        rows: (tx) => storage.updateInvitation(tx, answerable),
        events: [eventOf('invitation.resend', answerable, before)],
        mails: [await invitationMail(scene, answerable, { ...sending, token, resent: true })],
        answer: (tx) => shownInvitation(200, tx, account, before.id),
      })
    })
  })

  bind(revokeInvitation, (call) => {
    const account = call.account.id

    return changeAccess(deps, call, [account], async (scene) => {
      const found = await touchable(scene, account, call.params.invitation, 'invitation.delete')
      if (!found.ok) return found
      const { invitation } = found.value
      const by = call.caller.kind === 'person' ? call.caller.user : undefined
      const after = revoked(invitation, { by, now: scene.at })
      if (!after.ok) return after
      return succeed({
        rows: (tx) => storage.updateInvitation(tx, after.value),
        events: [eventOf('invitation.revoke', undefined, invitation)],
        answer: (tx) => shownInvitation(200, tx, account, invitation.id),
      })
    })
  })
}

/** An invitation that the caller may touch; one that they may not even see is not there for them. */
async function touchable(scene: Scene, account: AccountId, id: string, permission: string) {
  const found = await storage.findInvitation(scene.tx, account, id as InvitationId)
  const reach = scene.reach(account)
  if (!found) return refuse({ code: 'not_found' as const })
  const permitted = mayTouch(reach, permission, found.invitation)
  if (permitted.ok) return succeed(found)
  return mayTouch(reach, 'invitation.view', found.invitation).ok
    ? permitted
    : refuse({ code: 'not_found' as const })
}

function eventOf(action: string, after: Invitation | undefined, before: Invitation): EventDraft {
  return {
    action,
    target: { type: 'invitation', id: before.id },
    before: told({ invitation: before }),
    ...(after && { after: told({ invitation: after }) }),
  }
}
