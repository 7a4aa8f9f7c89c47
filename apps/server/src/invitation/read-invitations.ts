import {
  normaliseEmail,
  refuse,
  succeed,
  type Email,
  type InvitationId,
  type InvitationState,
} from '@keyholder/core'
import { getInvitation, listInvitations } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { invitationForm } from './invitation-form.ts'
import { mayTouch } from './judge-offer.ts'

interface Deps {
  readonly db: storage.Database
  readonly cursorSecret: Buffer
}

/** Lists the invitations that the caller may view, and shows one. */
export function bindInvitationReads(bind: Bind, { db, cursorSecret }: Deps): void {
  bind(listInvitations, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const { q: text, state, kind, inviter: typed } = call.query
    const inviter = typed === undefined ? succeed<Email | undefined>(undefined) : normaliseEmail(typed)
    if (!inviter.ok) return inviter

    const where = call.reach.where('invitation.view')
    const filter = {
      text,
      kind,
      inviter: inviter.value,
      states: state?.split(',') as readonly InvitationState[] | undefined,
      among: where === 'everywhere' ? undefined : where,
    }
    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listInvitations(tx, call.account.id, filter, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, invitationForm))
  })

  bind(getInvitation, async (call) => {
    const id = call.params.invitation as InvitationId
    const found = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.describedInvitation(tx, call.account.id, id),
      { readOnly: true },
    )
    const isVisible = found && mayTouch(call.reach, 'invitation.view', found.invitation).ok
    if (!isVisible) return refuse({ code: 'not_found' })
    return answer(200, invitationForm(found), { version: found.version })
  })
}
