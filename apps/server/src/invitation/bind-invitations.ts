import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { bindInvitationAnswers } from './answer-invitation.ts'
import { bindInvitationChanges } from './change-invitations.ts'
import { bindInvitingMany } from './invite-many.ts'
import { bindJoining } from './join.ts'
import { bindInvitationLookUp } from './look-up-invitation.ts'
import { bindInvitationReads } from './read-invitations.ts'
import { bindSignUp } from './sign-up-alone.ts'

/** Everything about invitations: on the side of the account that invites, and on that of the invitee. */
export function bindInvitations(bind: Bind, deps: AppDeps): void {
  bindInvitationReads(bind, deps)
  bindInvitationChanges(bind, deps)
  bindInvitingMany(bind, deps)
  bindInvitationLookUp(bind, deps)
  bindInvitationAnswers(bind, deps)
  bindSignUp(bind, deps)
  bindJoining(bind, deps)
}
