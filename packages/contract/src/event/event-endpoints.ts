import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { exported, exportFormat } from '../export.ts'
import { listOf, listQuery } from '../page.ts'
import { moment, naming } from '../reference.ts'

const id = z.string().max(200)

export const Event = z
  .strictObject({
    id: z.string(),
    sequence: z.int().describe('Its place in this account’s log'),
    at: moment,
    action: z.string(),
    outcome: z.enum(['done', 'refused']),
    actor: z.strictObject({
      kind: z.enum(['person', 'key', 'operator', 'support', 'system', 'anonymous']),
      user: z.string().nullable(),
      key: z.string().nullable(),
      connection: z.string().nullable().describe('Through which the person came'),
      support_access: z
        .string()
        .nullable()
        .describe('The support access in which the person, of the operator’s staff, acted'),
    }),
    target: z.strictObject({ type: z.string(), id: z.string() }).nullable(),
    organization: z.string().nullable(),
    accounts: z.array(z.string()).describe('Every account in whose log it stands, under the same hash'),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string().nullable(),
    request: z.string().nullable().describe('The id of the request that caused it'),
    hash: z.string(),
    link: z.string().describe('Of the link before and this hash'),
  })
  .meta({ id: 'Event' })

const filters = {
  action: z.string().max(2000).optional().describe('One action or several, separated by commas'),
  outcome: z.enum(['done', 'refused']).optional(),
  actor: id.optional().describe('The id of a user or of a key'),
  organization: naming('organization').optional(),
  target_type: z.string().max(50).optional(),
  target: id.optional(),
  connection: id.optional().describe('Only what was done through this connection'),
  support_access: id
    .optional()
    .describe('Only what was done in this support access, and its beginning and end'),
  with_account: id.optional().describe('Only what also stands in the log of the account with this id'),
  from: moment.optional(),
  until: moment.optional().describe('Before this moment'),
}

const path = '/api/v1/accounts/{account}/events'
const access = { permission: 'event.view', at: 'anywhere' } as const

export const listEvents = endpoint({
  id: 'event.list',
  method: 'GET',
  path,
  summary: 'Read the activity log',
  description:
    'The newest first. Without the permission over the whole account, only events in the caller’s organizations.',
  access,
  query: listQuery(['at'], filters, '-at'),
  answers: { 200: listOf(Event) },
  problems: ['reference_unknown'],
})

export const getEvent = endpoint({
  id: 'event.get',
  method: 'GET',
  path: `${path}/{event}`,
  summary: 'Read one event',
  access,
  answers: { 200: Event },
  problems: [],
})

export const exportEvents = endpoint({
  id: 'event.export',
  method: 'GET',
  path: '/api/v1/accounts/{account}/events-export',
  summary: 'Export the activity log',
  description: 'The oldest first, up to the newest event at the time of asking.',
  access: { permission: 'event.export', at: 'anywhere' },
  query: z.strictObject({ format: exportFormat, ...filters }),
  answers: { 200: exported },
  problems: ['reference_unknown'],
})

export const verifyEvents = endpoint({
  id: 'event.verify',
  method: 'POST',
  path: `${path}/verify`,
  summary: 'Verify the hash chain of the activity log',
  access: { permission: 'event.view', at: 'account' },
  answers: {
    200: z
      .strictObject({
        intact: z.boolean(),
        events: z.int().describe('How many were verified'),
        link: z
          .string()
          .nullable()
          .describe('The last link; keep it to notice later that the log was written anew'),
        broken_at: z.int().nullable().describe('The first place at which the log is not what was written'),
        reason: z.enum(['event_missing', 'event_altered', 'link_altered']).nullable(),
      })
      .meta({ id: 'Verification' }),
  },
  problems: [],
})

export const eventEndpoints = [listEvents, getEvent, exportEvents, verifyEvents]
