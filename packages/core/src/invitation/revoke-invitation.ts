import type { UserId } from '../id.ts'
import { refuse, succeed, type Result } from '../result.ts'
import type { SettledRefusal } from './edit-invitation.ts'
import type { Invitation } from './invitation.ts'

/** Takes an open or expired invitation back; its person can still make a login, with no access here. */
export function revokeInvitation(
  invitation: Invitation,
  context: { readonly by?: UserId | undefined; readonly now: number },
): Result<Invitation, SettledRefusal> {
  if (invitation.settled) return refuse({ code: 'invitation_settled', state: invitation.settled.state })
  return succeed({ ...invitation, settled: { state: 'revoked', at: context.now, by: context.by } })
}
