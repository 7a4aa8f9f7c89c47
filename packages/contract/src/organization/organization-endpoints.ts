import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery, search } from '../page.ts'
import { key, line, moment } from '../reference.ts'

export const Organization = z
  .strictObject({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    assets: z.int().describe('As the host product last reported them'),
    created_at: moment,
  })
  .meta({ id: 'Organization' })

const name = line(200)

export const listOrganizations = endpoint({
  id: 'organization.list',
  method: 'GET',
  path: '/api/v1/accounts/{account}/organizations',
  summary: 'List the organizations of an account',
  description: 'Those in which the caller may view the organization.',
  access: { permission: 'organization.view', at: 'anywhere' },
  query: listQuery(['name', 'key', 'created_at'], { q: search }),
  answers: { 200: listOf(Organization) },
  problems: ['cursor_invalid'],
})

export const createOrganization = endpoint({
  id: 'organization.create',
  method: 'POST',
  path: '/api/v1/accounts/{account}/organizations',
  summary: 'Create an organization',
  access: { permission: 'organization.create', at: 'account' },
  body: z.strictObject({ key, name: name.optional().describe('The key where it is left out') }),
  answers: { 201: Organization },
  problems: ['organization_key_taken'],
  changesAccess: true,
  creates: true,
})

export const getOrganization = endpoint({
  id: 'organization.get',
  method: 'GET',
  path: '/api/v1/accounts/{account}/organizations/{organization}',
  summary: 'Read an organization',
  access: { permission: 'organization.view', at: 'organization' },
  answers: { 200: Organization },
  problems: [],
})

export const updateOrganization = endpoint({
  id: 'organization.update',
  method: 'PATCH',
  path: '/api/v1/accounts/{account}/organizations/{organization}',
  summary: 'Change an organization',
  access: { permission: 'organization.update', at: 'organization' },
  body: z.strictObject({ key: key.optional(), name: name.optional() }),
  answers: { 200: Organization },
  problems: ['organization_key_taken'],
  edits: true,
})

export const deleteOrganization = endpoint({
  id: 'organization.delete',
  method: 'DELETE',
  path: '/api/v1/accounts/{account}/organizations/{organization}',
  summary: 'Delete an organization with its sites and the grants over it',
  access: { permission: 'organization.delete', at: 'organization' },
  answers: { 204: z.undefined() },
  problems: [],
  changesAccess: true,
  edits: true,
})

export const organizationEndpoints = [
  listOrganizations,
  createOrganization,
  getOrganization,
  updateOrganization,
  deleteOrganization,
]
