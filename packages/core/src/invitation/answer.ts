import type { AccountId, UserId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { Email } from '../user/email.ts'
import type { SettledRefusal } from './edit-invitation.ts'
import type { Invitation } from './invitation.ts'

/** Who answers an invitation: a signed-in person. */
export interface Invitee {
  readonly user: UserId
  readonly home: AccountId
  /** The person's primary address, in its normal form. */
  readonly email: Email
  readonly emailVerified: boolean
}

export type AnswerRefusal =
  | { readonly code: 'invitation_for_somebody_else' }
  | SettledRefusal
  | { readonly code: 'invitation_expired'; readonly expiredAt: number }

/**
 * Whether this person may answer this invitation now.
 *
 * The addressee is checked first, so that a stranger who holds the link learns neither that it expired nor how it
 * was settled. Somebody who has not verified the address yet is a stranger: anybody can type it.
 */
export function mayAnswer(
  invitation: Invitation,
  by: Invitee,
  now: number,
): Result<Invitation, AnswerRefusal> {
  if (!by.emailVerified || by.email !== invitation.email)
    return refuse({ code: 'invitation_for_somebody_else' })
  if (invitation.settled) return refuse({ code: 'invitation_settled', state: invitation.settled.state })
  if (invitation.expiresAt <= now)
    return refuse({ code: 'invitation_expired', expiredAt: invitation.expiresAt })
  return succeed(invitation)
}
