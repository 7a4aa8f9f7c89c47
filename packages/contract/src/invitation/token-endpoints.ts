import { z } from 'zod'
import { language } from '../account/language.ts'
import { endpoint } from '../endpoint.ts'
import { line } from '../reference.ts'
import { InvitationToMe } from './invitation.ts'

const path = '/api/v1/invitations'
/** The secret of a link. */
export const invitationToken = z.string().min(1).max(200).describe('From the link in the mail')
const token = invitationToken
const SignUp = z.strictObject({
  name: line(200).optional(),
  language: language.optional(),
  account_name: line(200)
    .optional()
    .describe('Of the small account; the name, or else the address, where left out'),
})
const vouched =
  'With the session of the person whose address was invited, and is verified. Or with a deployment key, which vouches for ' +
  'the person in `Keyholder-Act-As`, or, where nobody signs in with the invited address yet, for whoever opened the ' +
  'link. Anybody but the addressee is answered as if there were no such invitation.'

export const lookUpInvitation = endpoint({
  id: 'invitation.look_up',
  method: 'POST',
  path: `${path}/lookup`,
  summary: 'Show an invitation to its addressee',
  description: `Looking does not use the link up. ${vouched}`,
  access: 'any_caller',
  body: z.strictObject({ token }),
  answers: { 200: InvitationToMe },
  problems: ['deployment_only', 'invitation_not_found'],
})

export const acceptInvitation = endpoint({
  id: 'invitation.accept',
  method: 'POST',
  path: `${path}/accept`,
  summary: 'Accept an invitation',
  description:
    'Whoever has no login yet gets one with `sign_up`: at home in the inviting account, or for an external ' +
    `invitation with a small account of their own. The link has shown that the address is theirs. ${vouched}`,
  access: 'any_caller',
  body: z.strictObject({
    token,
    sign_up: SignUp.optional(),
  }),
  answers: {
    200: z
      .strictObject({
        account: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
        user: z.string(),
        home: z.string().describe('The id of the home account'),
        kind: z.enum(['home', 'external']),
      })
      .meta({ id: 'AcceptedInvitation' }),
  },
  problems: [
    'deployment_only',
    'invitation_not_found',
    'invitation_settled',
    'invitation_expired',
    'invitation_not_backed',
    'invitation_needs_sign_up',
    'invitation_login_exists',
    'member_suspended',
  ],
  changesAccess: true,
})

export const declineInvitation = endpoint({
  id: 'invitation.decline',
  method: 'POST',
  path: `${path}/decline`,
  summary: 'Decline an invitation',
  description: vouched,
  access: 'any_caller',
  body: z.strictObject({ token }),
  answers: { 204: z.undefined() },
  problems: ['deployment_only', 'invitation_not_found', 'invitation_settled', 'invitation_expired'],
})

export const signUpByInvitation = endpoint({
  id: 'invitation.sign_up',
  method: 'POST',
  path: `${path}/sign-up`,
  summary: 'Make a login with a link, and answer nothing',
  description:
    'Also where the invitation was taken back or has expired: the link has shown that the address is theirs. They ' +
    'get a small account of their own, and no access to any other. With a deployment key.',
  access: 'deployment',
  body: z.strictObject({ token, sign_up: SignUp }),
  answers: {
    201: z.strictObject({ user: z.string(), home: z.string() }).meta({ id: 'SignedUp' }),
  },
  problems: ['invitation_not_found', 'invitation_login_exists'],
})

export const invitationTokenEndpoints = [
  lookUpInvitation,
  acceptInvitation,
  declineInvitation,
  signUpByInvitation,
]
