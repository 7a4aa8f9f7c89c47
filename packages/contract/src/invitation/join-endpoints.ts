import { z } from 'zod'
import { language } from '../account/language.ts'
import { endpoint } from '../endpoint.ts'
import { line } from '../reference.ts'
import { CurrentSession } from '../sign-in/session.ts'
import { InvitationToMe } from './invitation.ts'
import { invitationToken as token } from './token-endpoints.ts'

const path = '/api/v1/invitations'

export const openInvitationLink = endpoint({
  id: 'invitation.open',
  method: 'POST',
  path: `${path}/open`,
  summary: 'Show an invitation to whoever has its link',
  description:
    'The link is the proof that the address is theirs, and is not used up by looking. Where `has_login` says so, they ' +
    'sign in and answer then; else they join.',
  access: 'public',
  body: z.strictObject({ token }),
  answers: {
    200: InvitationToMe.extend({
      shortest_password: z.int().describe('How many characters the password of a new login has at least'),
    }).meta({ id: 'OpenedInvitation' }),
  },
  problems: ['invitation_not_found'],
})

export const joinByInvitation = endpoint({
  id: 'invitation.join',
  method: 'POST',
  path: `${path}/join`,
  summary: 'Make a login with a link, and accept with it',
  description:
    'The login is of the invited address and of no other; the link has shown that it is theirs. It is at home in the ' +
    'inviting account, or for an external invitation in a small account of their own. Where the home asks for a second ' +
    'factor, the session waits for it. With `accept: false`, and also once the invitation was taken back or has ' +
    'expired, the login is one with a small account and no access to any other.',
  access: 'public',
  body: z.strictObject({
    token,
    password: z.string().min(1).max(4_096),
    name: line(200).optional(),
    language: language.optional(),
    account_name: line(200)
      .optional()
      .describe('Of the small account; the name, or else the address, where left out'),
    accept: z.boolean().default(true).describe('false: make the login, and answer nothing'),
  }),
  answers: { 200: CurrentSession },
  problems: [
    'invitation_not_found',
    'invitation_settled',
    'invitation_expired',
    'invitation_not_backed',
    'invitation_login_exists',
    'member_suspended',
    'password_refused',
    'too_many_attempts',
    'too_busy',
  ],
})

export const joinEndpoints = [openInvitationLink, joinByInvitation]
