import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery, search } from '../page.ts'
import { moment } from '../reference.ts'
import { Invitation, offer, severalStates } from './invitation.ts'

const path = '/api/v1/accounts/{account}/invitations'
const edit = { permission: 'invitation.edit', at: 'anywhere' } as const
const kind = z
  .enum(['home', 'external'])
  .describe('`home`: as a user of this account; `external`: somebody whose home is elsewhere')

const refusedOffers = [
  'grant_exists',
  'reference_unknown',
  'invitation_subject_malformed',
  'invitation_expires_in_past',
  'invitation_open_too_long',
] as const
const refusedInvitees = [
  'email_malformed',
  'invitation_already_member',
  'invitation_already_open',
  ...refusedOffers,
] as const

export const listInvitations = endpoint({
  id: 'invitation.list',
  method: 'GET',
  path,
  summary: 'List invitations',
  description:
    'Those that wait for an answer first; accepted ones are left out unless `state` asks for them. Without the ' +
    'permission over the whole account, only invitations into the caller’s organizations.',
  access: { permission: 'invitation.view', at: 'anywhere' },
  query: listQuery(['state', 'email', 'created_at', 'expires_at', 'inviter'], {
    q: search.describe('Part of the invited address'),
    state: severalStates.optional().describe('One state or several, separated by commas'),
    kind: kind.optional(),
    inviter: z.string().max(320).optional().describe('The exact address of the person who invited'),
  }),
  answers: { 200: listOf(Invitation) },
  problems: ['email_malformed'],
})

export const createInvitation = endpoint({
  id: 'invitation.create',
  method: 'POST',
  path,
  summary: 'Invite somebody',
  description:
    'Nothing is given until they accept. Nobody offers more than they hold, now and at the acceptance.',
  access: { permission: 'invitation.create', at: 'anywhere' },
  body: z.strictObject({ kind, email: z.string().max(320), ...offer }),
  answers: { 201: Invitation },
  problems: refusedInvitees,
  changesAccess: true,
  creates: true,
})

export const inviteMany = endpoint({
  id: 'invitation.create_many',
  method: 'POST',
  path: `${path}/bulk`,
  summary: 'Invite many at once',
  description:
    'All of them or none. `list` is a pasted list of addresses, or CSV whose first line names its columns: `email`, ' +
    'and if wanted `role` (over the whole account), `organization` with `organization_role`, and `groups` ' +
    '(separated by `;`). What a line says takes the place of what is said for all.',
  access: { permission: 'invitation.create', at: 'anywhere' },
  body: z.strictObject({ kind, list: z.string().max(500_000), ...offer }),
  answers: {
    201: z
      .strictObject({
        invited: z.int(),
        rows: z.array(z.strictObject({ line: z.int(), invitation: Invitation })),
      })
      .meta({ id: 'ManyInvited' }),
  },
  problems: ['invitation_list_unreadable', 'invitations_refused', ...refusedOffers],
  changesAccess: true,
  creates: true,
})

export const getInvitation = endpoint({
  id: 'invitation.get',
  method: 'GET',
  path: `${path}/{invitation}`,
  summary: 'Read an invitation',
  access: { permission: 'invitation.view', at: 'anywhere' },
  answers: { 200: Invitation },
  problems: [],
})

export const updateInvitation = endpoint({
  id: 'invitation.update',
  method: 'PATCH',
  path: `${path}/{invitation}`,
  summary: 'Change what an open invitation brings or says, or until when it is open',
  description:
    'Who is invited stays, and so does the link. The caller answers for the invitation from then on: what it ' +
    'brought and what it brings both have to be within their own access.',
  access: edit,
  body: z.strictObject({
    default_role: offer.default_role.unwrap().optional(),
    grants: offer.grants.unwrap().optional(),
    groups: offer.groups.unwrap().optional(),
    language: offer.language.unwrap().optional(),
    show_inviter: offer.show_inviter.unwrap().optional(),
    subject: offer.subject.unwrap().optional(),
    body: offer.body.unwrap().optional(),
    expires_at: moment.optional(),
  }),
  answers: { 200: Invitation },
  problems: ['invitation_settled', ...refusedOffers],
  changesAccess: true,
  edits: true,
})

export const resendInvitation = endpoint({
  id: 'invitation.resend',
  method: 'POST',
  path: `${path}/{invitation}/resend`,
  summary: 'Send an open invitation again',
  description:
    'The same invitation with a new time and a new link; the old link is dead. The caller answers for it from then on.',
  access: edit,
  body: z.strictObject({ expires_at: moment.optional() }).optional(),
  answers: { 200: Invitation },
  problems: ['invitation_settled', 'invitation_expires_in_past', 'invitation_open_too_long'],
  changesAccess: true,
})

export const revokeInvitation = endpoint({
  id: 'invitation.revoke',
  method: 'DELETE',
  path: `${path}/{invitation}`,
  summary: 'Take an open invitation back',
  description: 'Its link gives no access any more; it stays in the list as revoked.',
  access: { permission: 'invitation.delete', at: 'anywhere' },
  answers: { 200: Invitation },
  problems: ['invitation_settled'],
})

export const invitationEndpoints = [
  listInvitations,
  createInvitation,
  inviteMany,
  getInvitation,
  updateInvitation,
  resendInvitation,
  revokeInvitation,
]
