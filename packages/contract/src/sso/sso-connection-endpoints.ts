import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { line, moment, naming } from '../reference.ts'

const path = '/api/v1/accounts/{account}/sso-connections'
const access = { permission: 'account.manage_sso', at: 'account' } as const

const address = z.string().min(1).max(2048)
const scopes = z
  .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'must be a scope of OAuth 2.0'))
  .max(20)

const Certificate = z
  .strictObject({
    fingerprint: z.string().describe('SHA-256, as people compare it'),
    valid_until: moment,
  })
  .meta({ id: 'SsoCertificate' })

/** A provider as the API shows it: where it stands, and what it has to know of us. */
const Provider = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('oidc'),
      issuer: z.string(),
      client_id: z.string(),
      has_client_secret: z.boolean(),
      scopes: z.array(z.string()),
      redirect_uri: z.string().describe('To be allowed at the provider'),
    }),
    z.strictObject({
      kind: z.literal('saml'),
      entity_id: z.string(),
      sign_on_url: z.string(),
      certificates: z.array(Certificate),
      wants_signed_requests: z.boolean(),
      service: z
        .strictObject({ entity_id: z.string(), acs_url: z.string(), metadata_url: z.string() })
        .describe('Keyholder, as the provider has to know it'),
    }),
  ])
  .meta({ id: 'SsoProvider' })

/** A provider as an administrator gives it. */
const WantedProvider = z
  .union([
    z.strictObject({
      kind: z.literal('oidc'),
      issuer: address.describe('To the letter as the provider calls itself'),
      client_id: line(500),
      client_secret: z
        .string()
        .min(1)
        .max(2000)
        .nullable()
        .optional()
        .describe('Never shown again. Left out, the one that is kept stays; null: there is none'),
      scopes: scopes.default([]).describe('Asked for besides `openid`, `email` and `profile`'),
    }),
    z.strictObject({
      kind: z.literal('saml'),
      metadata: z.string().min(1).max(500_000).describe('The provider’s SAML 2.0 metadata, as XML'),
    }),
    z.strictObject({
      kind: z.literal('saml'),
      entity_id: z.string().min(1).max(1024),
      sign_on_url: address,
      certificates: z.array(z.string().max(20_000)).min(1).max(8).describe('As PEM'),
      wants_signed_requests: z.boolean().default(false),
    }),
  ])
  .meta({ id: 'WantedSsoProvider' })

export const SsoConnection = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    status: z.enum(['active', 'disabled']),
    provider: Provider,
    default_role: z
      .string()
      .nullable()
      .describe('What newcomers get over the whole account; null: no access'),
    created_at: moment,
  })
  .meta({ id: 'SsoConnection' })

const default_role = naming('role').nullable()

export const listSsoConnections = endpoint({
  id: 'sso_connection.list',
  method: 'GET',
  path,
  summary: 'List the identity providers of an account',
  access,
  query: listQuery(['name', 'created_at'], {}),
  answers: { 200: listOf(SsoConnection) },
  problems: [],
})

export const createSsoConnection = endpoint({
  id: 'sso_connection.create',
  method: 'POST',
  path,
  summary: 'Set an identity provider up',
  description:
    'Nobody comes by it until it is switched on. Whoever chooses the provider holds everything in the account, because its word lets in all of its people.',
  access,
  body: z.strictObject({
    name: line(200),
    provider: WantedProvider,
    default_role: default_role.default(null),
  }),
  answers: { 201: SsoConnection },
  problems: [
    'identity_provider_unusable',
    'reference_unknown',
    'sso_default_role_bound',
    'sso_beyond_own_access',
    'sso_connection_limit',
  ],
})

export const getSsoConnection = endpoint({
  id: 'sso_connection.get',
  method: 'GET',
  path: `${path}/{sso_connection}`,
  summary: 'Read an identity provider',
  access,
  answers: { 200: SsoConnection },
  problems: [],
})

export const updateSsoConnection = endpoint({
  id: 'sso_connection.update',
  method: 'PATCH',
  path: `${path}/{sso_connection}`,
  summary: 'Change an identity provider’s name, keys, addresses or default role',
  description:
    'Who the provider is does not change (its kind, issuer or entity id): people are known by it, and another one is another connection.',
  access,
  body: z.strictObject({
    name: line(200).optional(),
    provider: WantedProvider.optional(),
    default_role: default_role.optional(),
  }),
  answers: { 200: SsoConnection },
  problems: [
    'identity_provider_unusable',
    'reference_unknown',
    'sso_default_role_bound',
    'sso_beyond_own_access',
    'sso_secret_missing',
  ],
  edits: true,
})

export const setSsoConnectionStatus = endpoint({
  id: 'sso_connection.set_status',
  method: 'PUT',
  path: `${path}/{sso_connection}/status`,
  summary: 'Switch an identity provider on or off',
  description:
    'Off, it ends every session that came by it, takes everybody out of the groups that it filled, and lets nobody in who is on the way. One at a time is on.',
  access,
  body: z.strictObject({ status: z.enum(['active', 'disabled']) }),
  answers: { 200: SsoConnection },
  problems: [
    'identity_provider_unusable',
    'sso_beyond_own_access',
    'sso_connection_active',
    'sso_still_required',
  ],
})

export const deleteSsoConnection = endpoint({
  id: 'sso_connection.delete',
  method: 'DELETE',
  path: `${path}/{sso_connection}`,
  summary: 'Delete an identity provider with its rules and everybody’s link to it',
  access,
  answers: { 204: z.undefined() },
  problems: ['sso_still_required'],
  edits: true,
})

const Comparison = z.enum(['equals', 'contains_value', 'exists'])

const SsoRule = z
  .strictObject({
    attribute: z.string(),
    comparison: Comparison,
    value: z.string().nullable(),
    group: z.string(),
  })
  .meta({ id: 'SsoRule' })

const SsoRules = z.strictObject({ items: z.array(SsoRule) }).meta({ id: 'SsoRules' })

/** Not trimmed: values are compared to the letter, and a blank at an end would make a rule that nobody meets. */
const letters = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .regex(
      /^(?!\s)[^\p{Cc}\p{Cs}]*(?<!\s)$/u,
      'must not begin or end with a blank, nor have control characters',
    )

export const getSsoRules = endpoint({
  id: 'sso_connection.get_rules',
  method: 'GET',
  path: `${path}/{sso_connection}/rules`,
  summary: 'Read which attributes put people into which groups',
  access,
  answers: { 200: SsoRules },
  problems: [],
})

export const setSsoRules = endpoint({
  id: 'sso_connection.set_rules',
  method: 'PUT',
  path: `${path}/{sso_connection}/rules`,
  summary: 'Say which attributes put people into which groups',
  description:
    'In place of all rules that there were; they count from each person’s next sign-in. Names and values are compared to the letter. ' +
    'An attribute that is missing or cannot be read gives no group. The groups are of kind `sso`, and what they carry is within the caller’s own access.',
  access,
  body: z.strictObject({
    items: z
      .array(
        z
          .strictObject({
            attribute: letters(256),
            comparison: Comparison,
            value: letters(1024).nullable().default(null),
            group: naming('group'),
          })
          .refine(({ comparison, value }) => (comparison === 'exists') === (value === null), {
            message: 'takes a value, unless the attribute need only exist',
          }),
      )
      .max(500),
  }),
  answers: { 200: SsoRules },
  problems: ['reference_unknown', 'sso_group_manual', 'sso_beyond_own_access'],
  edits: true,
})

export const readSsoProvider = endpoint({
  id: 'sso_connection.read_provider',
  method: 'POST',
  path: '/api/v1/accounts/{account}/sso-provider',
  summary: 'Look at an identity provider before it is set up',
  description:
    'Reads SAML metadata from an address, or what an OpenID Connect provider says of itself; nothing is kept. Addresses inside the server’s own network are not asked.',
  access,
  body: z.union([
    z.strictObject({ kind: z.literal('oidc'), issuer: address }),
    z.strictObject({ kind: z.literal('saml'), metadata_url: address }),
  ]),
  answers: {
    200: z
      .union([
        z.strictObject({ kind: z.literal('oidc'), issuer: z.string(), sign_on_url: z.string() }),
        z.strictObject({
          kind: z.literal('saml'),
          metadata: z.string(),
          entity_id: z.string(),
          sign_on_url: z.string(),
          certificates: z.array(Certificate),
        }),
      ])
      .meta({ id: 'SsoProviderFound' }),
  },
  problems: ['identity_provider_unusable'],
})

export const ssoConnectionEndpoints = [
  listSsoConnections,
  createSsoConnection,
  getSsoConnection,
  updateSsoConnection,
  setSsoConnectionStatus,
  deleteSsoConnection,
  getSsoRules,
  setSsoRules,
  readSsoProvider,
]
