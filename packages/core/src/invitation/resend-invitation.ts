import { refuse, type Result, succeed } from '../result.ts'
import type { SettledRefusal } from './edit-invitation.ts'
import { expiryOf, type LifeRefusal } from './invitation-life.ts'
import type { Invitation } from './invitation.ts'

/** Sends the same invitation again, with a new time; the new token's hash takes the place of the old, whose link is dead. */
export function resendInvitation(
  invitation: Invitation,
  context: {
    readonly tokenHash: string
    readonly expiresAt?: number | undefined
    readonly maximumLife: number
    readonly now: number
  },
): Result<Invitation, SettledRefusal | LifeRefusal> {
  if (invitation.settled) return refuse({ code: 'invitation_settled', state: invitation.settled.state })

  const expiry = expiryOf(context.expiresAt, context.maximumLife, context.now)
  if (!expiry.ok) return expiry
  const { tokenHash, now } = context
  return succeed({ ...invitation, tokenHash, sentAt: now, expiresAt: expiry.value })
}
