import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery, search } from '../page.ts'
import { key, line, moment, naming, text } from '../reference.ts'

const permissions = z
  .array(z.string().max(200))
  .max(2000)
  .describe('As they are held: `ticket.view`, or `ticket.view:own` for one’s own only')

export const Role = z
  .strictObject({
    id: z.string().describe('A built-in role’s key, or `rol_…`'),
    key: z.string(),
    name: z.string(),
    description: z.string(),
    built_in: z.boolean(),
    permissions,
    organizations: z.array(z.string()).nullable().describe('null: it can be granted anywhere'),
    grants: z.int().describe('How many grants give it'),
    created_at: moment.nullable(),
  })
  .meta({ id: 'Role' })

const boundTo = z
  .array(naming('organization'))
  .min(1)
  .max(1000)
  .describe('The only organizations that it can be granted on')

/** Why a role cannot be called or bound as the request says. */
const nameFaults = [
  'role_name_malformed',
  'role_name_reserved',
  'role_name_taken',
  'role_bound_account_level',
] as const

const path = '/api/v1/accounts/{account}/roles'

export const listRoles = endpoint({
  id: 'role.list',
  method: 'GET',
  path,
  summary: 'List the roles that can be granted in an account',
  access: { permission: 'role.view', at: 'anywhere' },
  query: listQuery(['name', 'key', 'grants', 'created_at'], {
    q: search,
    built_in: z.enum(['true', 'false']).optional(),
  }),
  answers: { 200: listOf(Role) },
  problems: [],
})

export const getRole = endpoint({
  id: 'role.get',
  method: 'GET',
  path: `${path}/{role}`,
  summary: 'Read a role',
  access: { permission: 'role.view', at: 'anywhere' },
  answers: { 200: Role },
  problems: [],
})

export const createRole = endpoint({
  id: 'role.create',
  method: 'POST',
  path,
  summary: 'Make a custom role',
  description: 'Its permissions have to be within the maker’s own.',
  access: { permission: 'role.create', at: 'account' },
  body: z.strictObject({
    key,
    name: line(200).optional().describe('The key where it is left out'),
    description: text(2000).default(''),
    permissions,
    organizations: boundTo.optional(),
  }),
  answers: { 201: Role },
  problems: [...nameFaults, 'permission_unknown', 'reference_unknown'],
  changesAccess: true,
  creates: true,
})

export const cloneRole = endpoint({
  id: 'role.clone',
  method: 'POST',
  path: `${path}/{role}/clone`,
  summary: 'Make a custom role with the permissions and bounds of another',
  access: { permission: 'role.create', at: 'account' },
  body: z.strictObject({ key, name: line(200).optional().describe('The key where it is left out') }),
  answers: { 201: Role },
  problems: nameFaults,
  changesAccess: true,
  creates: true,
})

export const updateRole = endpoint({
  id: 'role.update',
  method: 'PATCH',
  path: `${path}/{role}`,
  summary: 'Change a custom role',
  description: 'What it held before and what it will hold both have to be within the caller’s own access.',
  access: { permission: 'role.edit', at: 'account' },
  body: z.strictObject({
    name: line(200).optional(),
    description: text(2000).optional(),
    permissions: permissions.optional(),
    organizations: boundTo.nullable().optional().describe('null: no longer bound'),
  }),
  answers: { 200: Role },
  problems: [...nameFaults, 'permission_unknown', 'reference_unknown'],
  changesAccess: true,
  edits: true,
})

export const deleteRole = endpoint({
  id: 'role.delete',
  method: 'DELETE',
  path: `${path}/{role}`,
  summary: 'Delete a custom role',
  description: 'Refused with the list of holders, unless a replacement is named.',
  access: { permission: 'role.delete', at: 'account' },
  query: z.strictObject({
    replacement: naming('role').optional().describe('The role that its holders get instead'),
  }),
  answers: { 204: z.undefined() },
  problems: ['role_held', 'role_replaces_itself', 'reference_unknown'],
  changesAccess: true,
  edits: true,
})

export const compareRoles = endpoint({
  id: 'role.compare',
  method: 'GET',
  path: `${path}/{role}/comparison`,
  summary: 'Compare two roles, permission by permission',
  access: { permission: 'role.view', at: 'anywhere' },
  query: z.strictObject({ with: naming('role') }),
  answers: {
    200: z
      .strictObject({
        both: z.array(z.string()),
        only_first: z.array(z.string()),
        only_second: z.array(z.string()),
        relation: z
          .enum(['equal', 'first_within_second', 'second_within_first', 'neither'])
          .describe('Sets are compared; there are no ranks'),
      })
      .meta({ id: 'RoleComparison' }),
  },
  problems: ['reference_unknown'],
})

export const roleEndpoints = [listRoles, createRole, getRole, updateRole, deleteRole, cloneRole, compareRoles]
