import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { line, moment } from '../reference.ts'

export const ApiKey = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    hint: z.string().describe('The last characters of the secret'),
    scopes: z.array(z.string()),
    made_by: z
      .string()
      .nullable()
      .describe('The user whose access bounds the key; null where the operator made it'),
    ends_at: moment.nullable(),
    last_used_at: moment.nullable(),
    created_at: moment,
  })
  .meta({ id: 'ApiKey' })

const NewApiKey = ApiKey.extend({
  secret: z.string().describe('Shown this once; only its hash is kept'),
}).meta({ id: 'NewApiKey' })

const ends_at = moment.optional().describe('From this moment on the key is refused')
const sorts = ['name', 'created_at', 'last_used_at', 'ends_at'] as const
const scopes = z
  .array(z.string().max(200))
  .min(1)
  .max(2000)
  .describe('Permissions over the whole account; at each use they are bounded by what its maker holds then')

const path = '/api/v1/accounts/{account}/api-keys'

export const listApiKeys = endpoint({
  id: 'api_key.list',
  method: 'GET',
  path,
  summary: 'List the API keys of an account',
  access: { permission: 'account.manage_api_keys', at: 'account' },
  query: listQuery(sorts, {}),
  answers: { 200: listOf(ApiKey) },
  problems: [],
})

export const createApiKey = endpoint({
  id: 'api_key.create',
  method: 'POST',
  path,
  summary: 'Make an API key for an account',
  access: { permission: 'account.manage_api_keys', at: 'account' },
  body: z.strictObject({ name: line(200), scopes, ends_at }),
  answers: { 201: NewApiKey },
  problems: ['key_beyond_own_access', 'key_beyond_own_end', 'key_never_valid', 'permission_unknown'],
})

export const rotateApiKey = endpoint({
  id: 'api_key.rotate',
  method: 'POST',
  path: `${path}/{key}/rotate`,
  summary: 'Give an API key a new secret',
  description:
    'The old secret is refused from then on. Its scopes have to be within the caller’s own access.',
  access: { permission: 'account.manage_api_keys', at: 'account' },
  answers: { 200: NewApiKey },
  problems: ['key_beyond_own_access', 'key_beyond_own_end'],
})

export const revokeApiKey = endpoint({
  id: 'api_key.revoke',
  method: 'DELETE',
  path: `${path}/{key}`,
  summary: 'Revoke an API key',
  access: { permission: 'account.manage_api_keys', at: 'account' },
  answers: { 204: z.undefined() },
  problems: [],
})

export const keyEndpoints = [listApiKeys, createApiKey, rotateApiKey, revokeApiKey]
