import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { line, moment, naming } from '../reference.ts'

export const SupportAccess = z
  .strictObject({
    id: z.string().describe('What `Keyholder-Support-Access` names'),
    account: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
    operator: z
      .strictObject({ user: z.string(), email: z.string(), name: z.string().nullable() })
      .describe('Who of the staff, as they were called when it began'),
    scope: z.enum(['read', 'change']),
    reason: z.string(),
    started_at: moment,
    ends_at: moment,
    ended: z
      .strictObject({
        at: moment,
        by: z.enum(['operator', 'account', 'expiry']).describe('`expiry`: its time was over'),
      })
      .nullable()
      .describe('null: it is open'),
  })
  .meta({ id: 'SupportAccess' })

const path = '/api/v1/support-accesses'
const inAccount = '/api/v1/accounts/{account}/support-accesses'
const state = z.enum(['open', 'over']).optional()

export const beginSupport = endpoint({
  id: 'support_access.begin',
  method: 'POST',
  path,
  summary: 'Enter an account for support',
  description:
    'For the operator’s staff, with a second factor. Requests in that account then carry ' +
    '`Keyholder-Support-Access` beside the session, and may what the access opens and nothing else: `read` is every ' +
    'permission that only looks, `change` everything but access, security, secrets, keys, licence and entity. The ' +
    'account’s superusers are told by mail, see it in their list, and can end it.',
  access: 'fresh_session',
  body: z.strictObject({
    account: naming('account'),
    reason: line(500).describe('What for; the account reads it'),
    minutes: z.int().min(1).max(480).default(60),
    scope: z.enum(['read', 'change']).default('read'),
  }),
  answers: { 201: SupportAccess },
  problems: ['support_not_operator', 'support_disabled', 'support_at_home', 'reference_unknown'],
})

export const listMySupport = endpoint({
  id: 'support_access.list_mine',
  method: 'GET',
  path,
  summary: 'List one’s own support accesses',
  access: 'session',
  query: listQuery(['started_at'], { state }, '-started_at'),
  answers: { 200: listOf(SupportAccess) },
  problems: [],
})

export const leaveSupport = endpoint({
  id: 'support_access.leave',
  method: 'DELETE',
  path: `${path}/{support_access}`,
  summary: 'Leave an account that one entered for support',
  access: 'session',
  answers: { 204: z.undefined() },
  problems: ['support_access_over'],
})

export const listSupport = endpoint({
  id: 'support_access.list',
  method: 'GET',
  path: inAccount,
  summary: 'List who of the operator’s staff is in the account, and who was',
  access: { permission: 'account.view', at: 'account' },
  query: listQuery(['started_at'], { state }, '-started_at'),
  answers: { 200: listOf(SupportAccess) },
  problems: [],
})

export const endSupport = endpoint({
  id: 'support_access.end',
  method: 'DELETE',
  path: `${inAccount}/{support_access}`,
  summary: 'End a support access',
  description:
    'It lets nobody in from the next request on. To end all of them and let none begin, turn off the setting `support_access`.',
  access: { permission: 'account.manage_support', at: 'account' },
  answers: { 204: z.undefined() },
  problems: ['support_access_over'],
})

export const supportEndpoints = [beginSupport, listMySupport, leaveSupport, listSupport, endSupport]
