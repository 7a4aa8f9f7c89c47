import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { moment } from '../reference.ts'

const path = '/api/v1/accounts/{account}/sso-domains'
const access = { permission: 'account.manage_sso', at: 'account' } as const

export const SsoDomain = z
  .strictObject({
    domain: z.string().describe('In lower case; its own script as `xn--`'),
    proven_at: moment.nullable(),
    proven_by: z.enum(['dns', 'operator']).nullable(),
    record: z
      .strictObject({ type: z.literal('TXT'), name: z.string(), value: z.string() })
      .describe('The record in DNS that proves it'),
    created_at: moment,
  })
  .meta({ id: 'SsoDomain' })

export const listSsoDomains = endpoint({
  id: 'sso_domain.list',
  method: 'GET',
  path,
  summary: 'List the domains of an account',
  access,
  query: listQuery(['domain', 'created_at'], {}),
  answers: { 200: listOf(SsoDomain) },
  problems: [],
})

export const addSsoDomain = endpoint({
  id: 'sso_domain.add',
  method: 'POST',
  path,
  summary: 'Say that a domain is the account’s own',
  description:
    'Until it is proven, by the record in the answer or by the operator, nobody is made a user by an address in it. A sub-domain is a domain of its own.',
  access,
  body: z.strictObject({ domain: z.string().min(1).max(300) }),
  answers: { 201: SsoDomain },
  problems: ['domain_unusable', 'domain_exists'],
})

export const verifySsoDomain = endpoint({
  id: 'sso_domain.verify',
  method: 'POST',
  path: `${path}/{domain}/verify`,
  summary: 'Have a domain proven by its record in DNS',
  access,
  answers: { 200: SsoDomain },
  problems: ['domain_unproven', 'domain_proven_elsewhere'],
})

export const setSsoDomainProof = endpoint({
  id: 'sso_domain.set_proof',
  method: 'PUT',
  path: `${path}/{domain}/proof`,
  summary: 'Vouch for a domain, or take its proof away',
  access: 'deployment',
  body: z.strictObject({ proven: z.boolean() }),
  answers: { 200: SsoDomain },
  problems: ['domain_proven_elsewhere'],
})

export const removeSsoDomain = endpoint({
  id: 'sso_domain.remove',
  method: 'DELETE',
  path: `${path}/{domain}`,
  summary: 'Give a domain up',
  description: 'Whoever was made a user by it stays one.',
  access,
  answers: { 204: z.undefined() },
  problems: [],
})

export const ssoDomainEndpoints = [
  listSsoDomains,
  addSsoDomain,
  verifySsoDomain,
  setSsoDomainProof,
  removeSsoDomain,
]
