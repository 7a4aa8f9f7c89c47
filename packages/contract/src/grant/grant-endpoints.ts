import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { moment, naming } from '../reference.ts'

export const Grant = z
  .strictObject({
    id: z.string(),
    subject: z.strictObject({
      type: z.enum(['user', 'group', 'connection']),
      id: z.string(),
      name: z.string().describe('Of the person, the group, or the account that comes through the connection'),
    }),
    role: z.string().nullable().describe('null: the maximum role of the connection'),
    organization: z
      .strictObject({ id: z.string(), name: z.string() })
      .nullable()
      .describe('null: the whole account'),
    starts_at: moment.nullable(),
    ends_at: moment.nullable(),
    created_at: moment,
  })
  .meta({ id: 'Grant' })

const path = '/api/v1/accounts/{account}/grants'
const view = { permission: 'grant.view', at: 'anywhere' } as const

export const listGrants = endpoint({
  id: 'grant.list',
  method: 'GET',
  path,
  summary: 'List grants',
  description: 'Without the permission over the whole account, only grants over the caller’s organizations.',
  access: view,
  query: listQuery(['created_at', 'subject', 'role', 'organization', 'ends_at'], {
    user: naming('user').optional(),
    group: naming('group').optional(),
    connection: naming('connection').optional(),
    subject_type: z.enum(['user', 'group', 'connection']).optional(),
    role: naming('role').optional(),
    organization: naming('organization').optional(),
    scope: z.enum(['account', 'organization']).optional(),
    current: z.enum(['true']).optional().describe('Only what counts at this moment'),
  }),
  answers: { 200: listOf(Grant) },
  problems: ['reference_unknown'],
})

export const getGrant = endpoint({
  id: 'grant.get',
  method: 'GET',
  path: `${path}/{grant}`,
  summary: 'Read a grant',
  access: view,
  answers: { 200: Grant },
  problems: [],
})

const named = (body: object) => ['user', 'group', 'connection'].filter((kind) => kind in body)

export const createGrant = endpoint({
  id: 'grant.create',
  method: 'POST',
  path,
  summary: 'Give a role to a user, a group or a connection',
  description:
    'Over one organization, or over the whole account. Nobody gives away more than they hold there.',
  access: { permission: 'grant.create', at: 'organization' },
  body: z
    .strictObject({
      user: naming('user').optional(),
      group: naming('group').optional(),
      connection: naming('connection').optional(),
      role: naming('role').optional().describe('Left out, only for a connection: its maximum role'),
      organization: naming('organization').optional().describe('Left out: the whole account'),
      starts_at: moment.optional(),
      ends_at: moment.optional(),
    })
    .refine((body) => named(body).length === 1, {
      message: 'names exactly one of `user`, `group` and `connection`',
    }),
  answers: { 201: Grant },
  problems: ['grant_exists', 'reference_unknown'],
  changesAccess: true,
  creates: true,
})

export const updateGrant = endpoint({
  id: 'grant.update',
  method: 'PATCH',
  path: `${path}/{grant}`,
  summary: 'Change a grant’s role, start or end',
  description: 'Its subject and its scope stay.',
  access: { permission: 'grant.edit', at: 'anywhere' },
  body: z.strictObject({
    role: naming('role').optional(),
    starts_at: moment.nullable().optional().describe('null: it has no start'),
    ends_at: moment.nullable().optional().describe('null: it has no end'),
  }),
  answers: { 200: Grant },
  problems: ['reference_unknown'],
  changesAccess: true,
  edits: true,
})

export const deleteGrant = endpoint({
  id: 'grant.delete',
  method: 'DELETE',
  path: `${path}/{grant}`,
  summary: 'Take a grant away',
  access: { permission: 'grant.delete', at: 'anywhere' },
  answers: { 204: z.undefined() },
  problems: [],
  changesAccess: true,
})

export const bindRole = endpoint({
  id: 'role_binding.create',
  method: 'POST',
  path: '/api/v1/accounts/{account}/role-bindings',
  summary: 'Give a role to somebody who has a login, by their e-mail address',
  description:
    'Theirs at once, without an invitation; a mail tells them. Somebody whose home is another account becomes an ' +
    'external user by it, for which the caller also needs `member.invite`.',
  access: { permission: 'grant.create', at: 'organization' },
  body: z.strictObject({
    email: z.string().max(320),
    role: naming('role'),
    organization: naming('organization').optional().describe('Left out: the whole account'),
    starts_at: moment.optional(),
    ends_at: moment.optional(),
  }),
  answers: {
    201: z
      .strictObject({
        grant: Grant,
        joined: z.boolean().describe('Whether the person came into the account by it'),
      })
      .meta({ id: 'RoleBinding' }),
  },
  problems: ['email_malformed', 'login_unknown', 'member_suspended', 'grant_exists', 'reference_unknown'],
  changesAccess: true,
  creates: true,
})

export const grantEndpoints = [listGrants, createGrant, getGrant, updateGrant, deleteGrant, bindRole]
