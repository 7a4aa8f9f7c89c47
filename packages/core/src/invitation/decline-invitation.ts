import { succeed, type Result } from '../result.ts'
import { mayAnswer, type AnswerRefusal, type Invitee } from './answer.ts'
import type { Invitation } from './invitation.ts'

/** Settles an open invitation without a membership; only the person invited may. */
export function declineInvitation(
  invitation: Invitation,
  by: Invitee,
  now: number,
): Result<Invitation, AnswerRefusal> {
  const answer = mayAnswer(invitation, by, now)
  if (!answer.ok) return answer
  return succeed({ ...invitation, settled: { state: 'declined', at: now, by: by.user } })
}
