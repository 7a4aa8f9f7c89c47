import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { line, moment, naming, text } from '../reference.ts'

const states = ['open', 'approved', 'declined', 'withdrawn'] as const

export const AccessRequest = z
  .strictObject({
    id: z.string(),
    account: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
    user: z.strictObject({ id: z.string(), email: z.string(), name: z.string().nullable() }),
    organization: z
      .strictObject({ id: z.string(), key: z.string(), name: z.string() })
      .nullable()
      .describe('null: the whole account, or what `wants` says'),
    wants: z
      .string()
      .nullable()
      .describe('In the person’s own words, who sees no organizations; whoever approves says which one'),
    message: z.string(),
    state: z.enum(states),
    created_at: moment,
    settled_at: moment.nullable(),
    settled_by: z.string().nullable().describe('The id of the person or key that settled it'),
    answer: z.string().nullable().describe('What they wrote to the person'),
    grant: z.string().nullable().describe('The grant that came of it; it may have ended since'),
  })
  .meta({ id: 'AccessRequest' })

const path = '/api/v1/accounts/{account}/access-requests'
const state = z
  .enum([...states, 'any'])
  .default('open')
  .describe('How the request stands')
const answering = { permission: 'grant.create', at: 'anywhere' } as const

export const requestAccess = endpoint({
  id: 'access_request.create',
  method: 'POST',
  path,
  summary: 'Ask for access to an organization, or to the account',
  description:
    'For members, whatever they have. An organization that one does not see is asked for in words; one that is ' +
    'named all the same is taken as words, and nothing is told of whether it exists.',
  access: 'anyone_with_access',
  body: z
    .strictObject({
      organization: naming('organization').optional(),
      wants: line(200).optional().describe('Which organization, in words'),
      message: text(2000)
        .refine((message) => message.trim() !== '', 'must say something')
        .describe('What for'),
    })
    .refine((body) => body.organization === undefined || body.wants === undefined, {
      path: ['wants'],
      message: 'goes without `organization`',
    }),
  answers: { 201: AccessRequest },
  problems: [
    'too_many_attempts',
    'access_request_members_only',
    'access_request_open',
    'access_requests_too_many',
    'reference_unknown',
  ],
  creates: true,
})

export const listAccessRequests = endpoint({
  id: 'access_request.list',
  method: 'GET',
  path,
  summary: 'List requests for access',
  description:
    'Those that the caller may answer: where they may give roles. Requests in words are for whoever may do so everywhere.',
  access: answering,
  query: listQuery(['created_at'], { state, user: naming('user').optional() }),
  answers: { 200: listOf(AccessRequest) },
  problems: ['reference_unknown'],
})

export const getAccessRequest = endpoint({
  id: 'access_request.get',
  method: 'GET',
  path: `${path}/{access_request}`,
  summary: 'Read a request for access',
  description: 'One’s own, or one that one may answer.',
  access: 'anyone_with_access',
  answers: { 200: AccessRequest },
  problems: [],
})

export const approveAccessRequest = endpoint({
  id: 'access_request.approve',
  method: 'POST',
  path: `${path}/{access_request}/approval`,
  summary: 'Approve a request for access',
  description:
    'Nobody approves their own, and nobody gives more than they hold there. A mail tells the person.',
  access: answering,
  body: z.strictObject({
    role: naming('role'),
    organization: naming('organization')
      .nullable()
      .optional()
      .describe('null: the whole account. Left out: as it was asked for'),
    starts_at: moment.optional(),
    ends_at: moment.optional(),
    message: text(2000).optional().describe('To the person'),
  }),
  answers: { 200: AccessRequest },
  problems: [
    'access_request_settled',
    'own_access_request',
    'access_request_place_needed',
    'member_suspended',
    'grant_exists',
    'reference_unknown',
  ],
  changesAccess: true,
})

export const declineAccessRequest = endpoint({
  id: 'access_request.decline',
  method: 'POST',
  path: `${path}/{access_request}/refusal`,
  summary: 'Decline a request for access',
  description: 'A mail tells the person, with the reason.',
  access: answering,
  body: z.strictObject({ reason: text(2000).optional() }),
  answers: { 200: AccessRequest },
  problems: ['access_request_settled', 'own_access_request'],
})

export const withdrawAccessRequest = endpoint({
  id: 'access_request.withdraw',
  method: 'POST',
  path: `${path}/{access_request}/withdrawal`,
  summary: 'Take back one’s own request for access',
  access: 'anyone_with_access',
  answers: { 200: AccessRequest },
  problems: ['access_request_settled'],
})

export const listMyAccessRequests = endpoint({
  id: 'me.list_access_requests',
  method: 'GET',
  path: '/api/v1/me/access-requests',
  summary: 'List one’s own requests for access, in every account',
  access: 'session',
  query: listQuery(['created_at'], { state: state.default('any') }, '-created_at'),
  answers: { 200: listOf(AccessRequest) },
  problems: [],
})

export const accessRequestEndpoints = [
  requestAccess,
  listAccessRequests,
  getAccessRequest,
  approveAccessRequest,
  declineAccessRequest,
  withdrawAccessRequest,
  listMyAccessRequests,
]
