import { refuse, succeed, type Result } from '../result.ts'
import { isSubject } from './create-invitation.ts'
import { expiryOf, type LifeRefusal } from './invitation-life.ts'
import type { Invitation, InvitationContent, Settlement } from './invitation.ts'

export type SettledRefusal = { readonly code: 'invitation_settled'; readonly state: Settlement['state'] }

export type EditInvitationRefusal =
  | SettledRefusal
  | LifeRefusal
  | { readonly code: 'invitation_subject_malformed' }

export interface InvitationEdit extends Partial<InvitationContent> {
  readonly expiresAt?: number | undefined
}

/**
 * Changes what an open invitation brings, says, or until when it is open; who is invited stays.
 *
 * An expired one may be edited too, and opens again with a later expiry. What it offers afterwards is judged apart,
 * like that of a new one.
 */
export function editInvitation(
  invitation: Invitation,
  { expiresAt, ...content }: InvitationEdit,
  context: { readonly maximumLife: number; readonly now: number },
): Result<Invitation, EditInvitationRefusal> {
  if (invitation.settled) return refuse({ code: 'invitation_settled', state: invitation.settled.state })
  if (!isSubject(content.subject)) return refuse({ code: 'invitation_subject_malformed' })
  if (expiresAt === undefined) return succeed({ ...invitation, ...content })

  const expiry = expiryOf(expiresAt, context.maximumLife, context.now)
  return expiry.ok ? succeed({ ...invitation, ...content, expiresAt: expiry.value }) : expiry
}
