import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery, search } from '../page.ts'
import { line, moment, text } from '../reference.ts'
import { language } from './language.ts'

const slug = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1–63 lower-case letters, digits or `-`, with a letter or digit at both ends',
  )

const minutes = z.int().min(1)

/** What an account sets for itself; sign-in follows it. */
export const AccountSettings = z
  .strictObject({
    mfa: z.enum(['everyone', 'without_sso', 'nobody']).describe('Who needs a second factor to sign in'),
    idle_minutes: minutes
      .max(43_200)
      .nullable()
      .describe('Without use for so long, a session ends; null: the deployment’s default'),
    login_minutes: minutes
      .max(525_600)
      .nullable()
      .describe('After so long, everybody signs in again; null: the deployment’s default'),
    support_access: z.boolean().describe('Whether the operator’s staff may enter the account'),
    invitation_days: z.int().min(1).max(90).describe('How long an invitation may live at most'),
    sso: z
      .enum(['optional', 'required'])
      .describe(
        'Required: people of the account come by its identity provider; superusers keep a password and a second factor',
      ),
  })
  .meta({ id: 'AccountSettings' })

export const Account = z
  .strictObject({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    status: z.enum(['active', 'suspended']),
    certified_provider: z.boolean().describe('Offered to every account as a provider to connect with'),
    settings: AccountSettings,
    revision: z.string().describe('The revision that the account is at'),
    created_at: moment,
  })
  .meta({ id: 'Account' })

const path = '/api/v1/accounts/{account}'

export const listAccounts = endpoint({
  id: 'account.list',
  method: 'GET',
  path: '/api/v1/accounts',
  summary: 'List the accounts of the deployment',
  access: 'deployment',
  query: listQuery(['slug', 'name', 'created_at'], {
    q: search,
    status: z.enum(['active', 'suspended']).optional(),
  }),
  answers: { 200: listOf(Account) },
  problems: [],
})

export const createAccount = endpoint({
  id: 'account.create',
  method: 'POST',
  path: '/api/v1/accounts',
  summary: 'Make an account with its first superuser',
  access: 'deployment',
  body: z.strictObject({
    slug,
    name: line(200),
    certified_provider: z.boolean().default(false),
    superuser: z.strictObject({
      email: z.string().max(320),
      name: line(200).optional(),
      language: language.optional(),
    }),
  }),
  answers: {
    201: Account.extend({ superuser: z.string().describe('The id of the first user') }).meta({
      id: 'NewAccount',
    }),
  },
  problems: ['account_slug_taken', 'email_taken', 'email_malformed'],
  creates: true,
})

export const getAccount = endpoint({
  id: 'account.get',
  method: 'GET',
  path,
  summary: 'Read an account with its settings',
  access: { permission: 'account.view', at: 'account' },
  answers: { 200: Account },
  problems: [],
})

export const updateAccount = endpoint({
  id: 'account.update',
  method: 'PATCH',
  path,
  summary: 'Change an account’s name and settings',
  description:
    'The name and the life of invitations need `account.manage_settings`; second factor and sessions also `account.manage_sign_in`; support access also `account.manage_support`, required single sign-on also `account.manage_sso`.',
  access: { permission: 'account.manage_settings', at: 'account' },
  body: z.strictObject({ name: line(200).optional(), settings: AccountSettings.partial().optional() }),
  answers: { 200: Account },
  problems: ['sso_not_set_up'],
  edits: true,
})

export const setAccountStatus = endpoint({
  id: 'account.set_status',
  method: 'PUT',
  path: `${path}/status`,
  summary: 'Suspend an account, or let it work again',
  description: 'A suspended account gives nothing to anybody, and its people bring nothing from there.',
  access: 'deployment',
  body: z.strictObject({ status: z.enum(['active', 'suspended']), reason: text(500).optional() }),
  answers: { 200: Account },
  problems: [],
  changesAccess: true,
})

export const certifyProvider = endpoint({
  id: 'account.certify',
  method: 'PUT',
  path: `${path}/certification`,
  summary: 'Offer an account to others as a certified provider, or no longer',
  access: 'deployment',
  body: z.strictObject({ certified_provider: z.boolean() }),
  answers: { 200: Account },
  problems: [],
})

export const getNotices = endpoint({
  id: 'account.notices',
  method: 'GET',
  path: `${path}/notices`,
  summary: 'What should be mended before it hurts',
  access: { permission: 'account.view', at: 'account' },
  answers: {
    200: z.strictObject({
      items: z.array(
        z
          .strictObject({
            code: z.enum(['few_superusers', 'sso_without_way_back']),
            superusers: z.array(z.string()).optional(),
            wanted: z.int().optional(),
          })
          .meta({ id: 'Notice' }),
      ),
    }),
  },
  problems: [],
})

export const getBlueprint = endpoint({
  id: 'blueprint.get',
  method: 'GET',
  path: '/api/v1/blueprint',
  summary: 'The deployment’s blueprint, resolved',
  access: 'any_caller',
  answers: {
    200: z
      .strictObject({
        name: z.string(),
        terms: z.strictObject({ account: z.string(), organization: z.string(), custom_role: z.string() }),
        permissions: z.array(
          z.strictObject({
            key: z.string(),
            label: z.string(),
            level: z.enum(['organization', 'account']),
            own: z.boolean(),
            guarded: z.boolean(),
          }),
        ),
        roles: z.array(
          z.strictObject({
            key: z.string(),
            name: z.string(),
            connects: z.boolean(),
            permissions: z.array(z.string()),
          }),
        ),
      })
      .meta({ id: 'Blueprint' }),
  },
  problems: [],
})

export const accountEndpoints = [
  listAccounts,
  createAccount,
  getAccount,
  updateAccount,
  setAccountStatus,
  certifyProvider,
  getNotices,
  getBlueprint,
]
