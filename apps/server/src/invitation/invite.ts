import {
  createInvitation as decided,
  normaliseEmail,
  refuse,
  succeed,
  type AccountId,
  type Author,
  type Invitation,
  type InvitationEdit,
  type InvitationId,
  type Result,
} from '@keyholder/core'
import { insertInvitation, type Tx } from '@keyholder/storage'
import type { EventDraft, Promised } from '../change/change-plan.ts'
import type { OutgoingMail } from '../change/outgoing-mail.ts'
import type { Scene } from '../change/scene.ts'
import type { Refused } from '../http/call.ts'
import { atAcceptance } from './at-acceptance.ts'
import { invitationForm, moment, told } from './invitation-form.ts'
import { invitationMail } from './invitation-mail.ts'
import { newSecretToken } from '../http/secret-token.ts'
import { mayOffer, mayTouch } from './judge-offer.ts'
import { standingOf, writtenInvitation, type Sending } from './write-invitation.ts'

export interface Wanted extends InvitationEdit {
  readonly kind: Invitation['kind']
  /** As it was typed. */
  readonly email: string
}

/** An invitation that may be made, with everything that comes with it. */
export interface Invited {
  readonly invitation: Invitation
  readonly write: (tx: Tx) => Promise<void>
  readonly event: EventDraft
  readonly mail: OutgoingMail
  readonly promised: Promised
}

interface Setting {
  readonly scene: Scene
  readonly account: AccountId
  readonly author: Author
  readonly sending: Sending
}

/** Decides on one invitation: who is invited, what they are offered, and whether the caller may offer it. */
export async function invite(
  { scene, account, author, sending }: Setting,
  wanted: Wanted,
): Promise<Result<Invited, Refused['refusal']>> {
  const { token, tokenHash } = newSecretToken('khi')
  const email = normaliseEmail(wanted.email)
  if (!email.ok) return email
  const made = decided(wanted, {
    id: scene.newId<InvitationId>('invitation'),
    account,
    invitedBy: author,
    tokenHash,
    maximumLife: sending.maximumLife,
    now: scene.at,
    ...(await standingOf(scene.tx, scene, account, email.value)),
  })
  if (!made.ok) return refuse(inWords(made.refusal))

  const invitation = made.value
  const permitted = mayTouch(scene.reach(account), 'invitation.create', invitation)
  if (!permitted.ok) return permitted
  const judged = await mayOffer(scene, invitation)
  if (!judged.ok) return judged
  return succeed({
    invitation,
    write: async (tx) => {
      if (!(await insertInvitation(tx, invitation))) throw new Error('an invitation to this address is open')
    },
    event: {
      action: 'invitation.create',
      target: { type: 'invitation', id: invitation.id },
      after: told({ invitation }),
    },
    promised: await atAcceptance(scene, invitation),
    mail: await invitationMail(scene, invitation, { ...sending, token, resent: false }),
  })
}

/** Moments as the API writes them. */
export function inWords<R extends { readonly code: string; readonly latest?: number | undefined }>(
  refusal: R,
) {
  return refusal.latest === undefined
    ? (refusal as Exclude<R, { readonly latest: number }>)
    : { ...refusal, latest: moment(refusal.latest) }
}

/** The form of an invitation that was just made. */
export async function formOf(tx: Tx, { account, id }: Invitation) {
  return invitationForm(await writtenInvitation(tx, account, id))
}
