import type {
  AcceptInvitationRefusal,
  CreateInvitationRefusal,
  EditInvitationRefusal,
  InviteeFault,
} from '@keyholder/core'
import type { ProblemKind } from '../problem.ts'

type RefusalCode =
  | Exclude<
      (AcceptInvitationRefusal | CreateInvitationRefusal | EditInvitationRefusal | InviteeFault)['code'],
      'email_malformed' | 'member_suspended' | 'invitation_for_somebody_else'
    >
  | 'invitation_login_exists'
  | 'invitation_needs_sign_up'
  | 'invitation_not_backed'
  | 'invitation_not_found'
  | 'invitation_repeated'
  | 'invitations_refused'

export const invitationProblems = {
  // Also for whoever is not the addressee: nobody else can tell a real link from a made-up one.
  invitation_not_found: {
    status: 404,
    title: 'No such invitation',
    detail: 'Open the link in the newest mail, with the login that it was sent to.',
  },
  invitation_settled: {
    status: 410,
    title: 'This invitation is settled',
    detail: 'It was answered or taken back, as `state` tells; ask for a new one.',
  },
  invitation_expired: {
    status: 410,
    title: 'This invitation has expired',
    detail: 'Ask the account to send it again.',
  },
  invitation_not_backed: {
    status: 403,
    title: 'Whoever invited may no longer give this',
    detail: 'What they hold is checked again at the acceptance; ask the account for a new invitation.',
  },
  invitation_needs_sign_up: {
    status: 422,
    title: 'Nobody signs in with this address yet',
    detail: 'Send `sign_up` to make the login.',
  },
  invitation_login_exists: {
    status: 409,
    title: 'The invited address has a login',
    detail:
      'Sign in with it and answer then; with a key, name it in `Keyholder-Act-As` and leave `sign_up` out.',
  },
  invitation_already_member: {
    status: 409,
    title: 'This person is in the account already',
    detail: 'Give the member a role or a group instead.',
  },
  invitation_already_open: {
    status: 409,
    title: 'An invitation to this address is open',
    detail: 'Edit, resend or revoke `invitation` instead.',
  },
  invitation_subject_malformed: {
    status: 422,
    title: 'This cannot be the subject of a mail',
    detail: 'A subject is one line without control characters.',
  },
  invitation_expires_in_past: {
    status: 422,
    title: 'The invitation would never be open',
    detail: 'Choose a moment that is still to come.',
  },
  invitation_open_too_long: {
    status: 422,
    title: 'The invitation would be open too long',
    detail: 'The account’s settings allow it until `latest` at most.',
  },
  invitation_list_unreadable: {
    status: 422,
    title: 'The list cannot be read',
    detail: 'In `line` is what `reason` says; nothing was sent.',
  },
  invitation_repeated: {
    status: 422,
    title: 'The list names this address twice',
    detail: 'It stands in line `first` already; leave one of them out.',
  },
  invitations_refused: {
    status: 422,
    title: 'Some of the invitations cannot be made',
    detail: '`rows` tells for each what is wrong with it; none was made.',
  },
} as const satisfies Record<RefusalCode, ProblemKind>
