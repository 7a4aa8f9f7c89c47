import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery, search } from '../page.ts'
import { key, line, moment } from '../reference.ts'

export const Site = z
  .strictObject({
    id: z.string(),
    organization: z.string(),
    key: z.string(),
    name: z.string(),
    created_at: moment,
  })
  .meta({ id: 'Site' })

const path = '/api/v1/accounts/{account}/organizations/{organization}/sites'

export const listSites = endpoint({
  id: 'site.list',
  method: 'GET',
  path,
  summary: 'List the sites of an organization',
  access: { permission: 'site.view', at: 'organization' },
  query: listQuery(['name', 'key', 'created_at'], { q: search }),
  answers: { 200: listOf(Site) },
  problems: [],
})

export const createSite = endpoint({
  id: 'site.create',
  method: 'POST',
  path,
  summary: 'Create a site',
  access: { permission: 'site.create', at: 'organization' },
  body: z.strictObject({ key, name: line(200).optional().describe('The key where it is left out') }),
  answers: { 201: Site },
  problems: ['site_key_taken'],
  creates: true,
})

export const getSite = endpoint({
  id: 'site.get',
  method: 'GET',
  path: `${path}/{site}`,
  summary: 'Read a site',
  access: { permission: 'site.view', at: 'organization' },
  answers: { 200: Site },
  problems: [],
})

export const updateSite = endpoint({
  id: 'site.update',
  method: 'PATCH',
  path: `${path}/{site}`,
  summary: 'Change a site',
  access: { permission: 'site.update', at: 'organization' },
  body: z.strictObject({ key: key.optional(), name: line(200).optional() }),
  answers: { 200: Site },
  problems: ['site_key_taken'],
  edits: true,
})

export const deleteSite = endpoint({
  id: 'site.delete',
  method: 'DELETE',
  path: `${path}/{site}`,
  summary: 'Delete a site',
  access: { permission: 'site.delete', at: 'organization' },
  answers: { 204: z.undefined() },
  problems: [],
  edits: true,
})

export const siteEndpoints = [listSites, createSite, getSite, updateSite, deleteSite]
