import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery, search } from '../page.ts'
import { moment, text } from '../reference.ts'
import {
  Connection,
  ConnectionDelegate,
  side,
  status,
  wantedDelegates,
  wantedOpenings,
  wantedTerms,
} from './connection.ts'

const path = '/api/v1/accounts/{account}/connections'
const one = `${path}/{connection}` as const
const view = { permission: 'connection.view', at: 'account' } as const
const propose = { permission: 'connection.propose', at: 'account' } as const
const answer = { permission: 'connection.answer', at: 'account' } as const
const edit = { permission: 'connection.edit', at: 'account' } as const

const states = status.options.join('|')
const faults = ['connection_state', 'connection_other_side'] as const
const termFaults = [
  ...faults,
  'reference_unknown',
  'connection_role_unknown',
  'connection_role_bound',
  'connection_ends_in_past',
] as const

export const listConnections = endpoint({
  id: 'connection.list',
  method: 'GET',
  path,
  summary: 'List the connections of an account, as host and as guest',
  access: view,
  query: listQuery(['name', 'status', 'created_at', 'ends_at', 'last_used_at'], {
    q: search.describe('Part of the other account’s name or slug'),
    side: side.optional(),
    status: z
      .string()
      .regex(new RegExp(`^(?:${states})(?:,(?:${states}))*$`), `must be of ${status.options.join(', ')}`)
      .optional()
      .describe('One state or several, separated by commas'),
  }),
  answers: { 200: listOf(Connection) },
  problems: [],
})

export const getConnection = endpoint({
  id: 'connection.get',
  method: 'GET',
  path: one,
  summary: 'Read a connection, from either side',
  access: view,
  answers: { 200: Connection },
  problems: [],
})

export const listConnectionDelegates = endpoint({
  id: 'connection.delegates',
  method: 'GET',
  path: `${one}/delegates`,
  summary: 'List who may use a connection, and what each of them has through it',
  description: 'From either side: the guest’s people as far as they are delegates.',
  access: view,
  query: listQuery(['name', 'email'], { q: search }),
  answers: { 200: listOf(ConnectionDelegate) },
  problems: [],
})

export const listCertifiedProviders = endpoint({
  id: 'connection.certified_providers',
  method: 'GET',
  path: '/api/v1/accounts/{account}/certified-providers',
  summary: 'List the providers that the deployment’s owner vouches for',
  access: propose,
  answers: {
    200: z
      .strictObject({ items: z.array(z.strictObject({ slug: z.string(), name: z.string() })) })
      .meta({ id: 'CertifiedProviders' }),
  },
  problems: [],
})

export const proposeConnection = endpoint({
  id: 'connection.propose',
  method: 'POST',
  path,
  summary: 'Offer another account to come in',
  description:
    'Nothing is given until it accepts. Each of its administrators gets a mail, and any one of them answers. Nobody ' +
    'opens more than they hold, now and at the acceptance.',
  access: propose,
  body: z.strictObject({
    guest: z
      .string()
      .regex(/^[a-z0-9-]{1,63}$/, 'must be the slug of an account')
      .describe('The slug of the account that is to be let in'),
    ...wantedTerms,
    maximum: wantedTerms.maximum.unwrap(),
    ...wantedOpenings,
    purpose: text(500).optional(),
    message: text(5000).optional().describe('To the guest’s administrators'),
  }),
  answers: { 201: Connection },
  problems: [...termFaults, 'connection_to_itself', 'connection_exists'],
  changesAccess: true,
  creates: true,
})

export const counterConnection = endpoint({
  id: 'connection.counter',
  method: 'POST',
  path: `${one}/counter`,
  summary: 'Answer a proposal with something narrower',
  description:
    'The guest alone can; the host then accepts or declines. What is left out is as the host offered it.',
  access: answer,
  body: z.strictObject({ ...wantedTerms, ...wantedOpenings }),
  answers: { 200: Connection },
  problems: [...termFaults, 'connection_nothing_offered', 'connection_not_narrower'],
  changesAccess: true,
  edits: true,
})

export const acceptConnection = endpoint({
  id: 'connection.accept',
  method: 'POST',
  path: `${one}/accept`,
  summary: 'Accept what the other side offers',
  description:
    'A proposal, a counter-proposal, or wider terms; whoever offered cannot. The guest’s people have access at the next question.',
  access: answer,
  body: z.strictObject({ delegates: wantedDelegates.optional() }).optional(),
  answers: { 200: Connection },
  problems: [...termFaults, 'connection_nothing_offered', 'connection_not_backed'],
  changesAccess: true,
  edits: true,
})

export const declineConnection = endpoint({
  id: 'connection.decline',
  method: 'POST',
  path: `${one}/decline`,
  summary: 'Decline what the other side offers',
  description: 'A proposed connection is over by it; one in use stays as it is.',
  access: answer,
  answers: { 200: Connection },
  problems: [...faults, 'connection_nothing_offered'],
  changesAccess: true,
})

export const pauseConnection = endpoint({
  id: 'connection.pause',
  method: 'POST',
  path: `${one}/pause`,
  summary: 'Let nobody through for the time being',
  description: 'The host can at any time, and at once.',
  access: edit,
  answers: { 200: Connection },
  problems: faults,
  changesAccess: true,
})

export const resumeConnection = endpoint({
  id: 'connection.resume',
  method: 'POST',
  path: `${one}/resume`,
  summary: 'Let the guest’s people through again',
  access: edit,
  answers: { 200: Connection },
  problems: faults,
  changesAccess: true,
})

export const narrowConnection = endpoint({
  id: 'connection.narrow',
  method: 'POST',
  path: `${one}/narrowing`,
  summary: 'Lower the maximum, ask for more assurance, or bring the end nearer',
  description: 'The host can at any time, and at once. An offer of wider terms falls with it.',
  access: edit,
  body: z.strictObject(wantedTerms),
  answers: { 200: Connection },
  problems: [...termFaults, 'connection_not_narrower'],
  changesAccess: true,
  edits: true,
})

export const widenConnection = endpoint({
  id: 'connection.request_widening',
  method: 'POST',
  path: `${one}/widening`,
  summary: 'Ask the other side for wider terms',
  description: 'Either side can; nothing changes until the other accepts.',
  access: edit,
  body: z.strictObject(wantedTerms),
  answers: { 200: Connection },
  problems: [...termFaults, 'connection_not_wider'],
  changesAccess: true,
  edits: true,
})

export const extendConnection = endpoint({
  id: 'connection.extend',
  method: 'POST',
  path: `${one}/extension`,
  summary: 'Move the end by at most what both sides agreed beforehand',
  description: 'The host can, once.',
  access: edit,
  body: z.strictObject({ ends_at: moment }),
  answers: { 200: Connection },
  problems: [...termFaults, 'connection_extension_exhausted'],
  changesAccess: true,
  edits: true,
})

export const setConnectionDelegates = endpoint({
  id: 'connection.set_delegates',
  method: 'PUT',
  path: `${one}/delegates`,
  summary: 'Say who of the guest’s people may use a connection',
  description: 'The guest’s choice alone.',
  access: edit,
  body: z.strictObject({ delegates: wantedDelegates }),
  answers: { 200: Connection },
  problems: [...faults, 'reference_unknown'],
  changesAccess: true,
  edits: true,
})

export const endConnection = endpoint({
  id: 'connection.end',
  method: 'POST',
  path: `${one}/end`,
  summary: 'End a connection for good',
  description:
    'Either side can, at once; its grants and its places in groups end with it. A host takes a proposal back the same way.',
  access: { permission: 'connection.end', at: 'account' },
  body: z.strictObject({ reason: text(500).optional() }).optional(),
  answers: {
    200: z
      .strictObject({
        connection: Connection,
        grants: z.array(z.string()).describe('That ended with it'),
        groups: z.array(z.string()).describe('That it was in'),
      })
      .meta({ id: 'EndedConnection' }),
  },
  problems: faults,
  changesAccess: true,
})

export const connectionEndpoints = [
  listConnections,
  proposeConnection,
  getConnection,
  counterConnection,
  acceptConnection,
  declineConnection,
  pauseConnection,
  resumeConnection,
  narrowConnection,
  widenConnection,
  extendConnection,
  endConnection,
  listConnectionDelegates,
  setConnectionDelegates,
  listCertifiedProviders,
]
