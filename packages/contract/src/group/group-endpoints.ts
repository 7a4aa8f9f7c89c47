import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery, search } from '../page.ts'
import { key, line, moment, naming, text } from '../reference.ts'

export const Group = z
  .strictObject({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(['manual', 'sso']).describe('`sso`: filled at sign-in from the identity provider'),
    users: z.int(),
    connections: z.int(),
    created_at: moment,
  })
  .meta({ id: 'Group' })

export const GroupMember = z
  .strictObject({
    type: z.enum(['user', 'connection']),
    id: z.string(),
    name: z
      .string()
      .nullable()
      .describe('Of the person, or of the account that comes through the connection'),
    email: z.string().nullable(),
    added_at: moment,
  })
  .meta({ id: 'GroupMember' })

const path = '/api/v1/accounts/{account}/groups'
const view = { permission: 'group.view', at: 'anywhere' } as const
const edit = { permission: 'group.edit', at: 'account' } as const

export const listGroups = endpoint({
  id: 'group.list',
  method: 'GET',
  path,
  summary: 'List the groups of an account',
  access: view,
  query: listQuery(['name', 'key', 'kind', 'members', 'created_at'], {
    q: search,
    kind: z.enum(['manual', 'sso']).optional(),
    user: naming('user').optional().describe('Only groups that this user is in'),
    connection: naming('connection').optional().describe('Only groups that this connection is in'),
  }),
  answers: { 200: listOf(Group) },
  problems: ['reference_unknown'],
})

export const getGroup = endpoint({
  id: 'group.get',
  method: 'GET',
  path: `${path}/{group}`,
  summary: 'Read a group',
  access: view,
  answers: { 200: Group },
  problems: [],
})

export const createGroup = endpoint({
  id: 'group.create',
  method: 'POST',
  path,
  summary: 'Make an empty group',
  access: { permission: 'group.create', at: 'account' },
  body: z.strictObject({
    key,
    name: line(200).optional().describe('The key where it is left out'),
    description: text(2000).default(''),
    kind: z.enum(['manual', 'sso']).default('manual'),
  }),
  answers: { 201: Group },
  problems: ['group_name_malformed', 'group_name_taken'],
  changesAccess: true,
  creates: true,
})

export const updateGroup = endpoint({
  id: 'group.update',
  method: 'PATCH',
  path: `${path}/{group}`,
  summary: 'Change a group’s name or description',
  access: edit,
  body: z.strictObject({ name: line(200).optional(), description: text(2000).optional() }),
  answers: { 200: Group },
  problems: ['group_name_malformed', 'group_name_taken'],
  changesAccess: true,
  edits: true,
})

export const deleteGroup = endpoint({
  id: 'group.delete',
  method: 'DELETE',
  path: `${path}/{group}`,
  summary: 'Delete a group with its grants',
  description: 'Its members lose at once what they had through it. The deleter has to hold all of that.',
  access: { permission: 'group.delete', at: 'account' },
  answers: { 204: z.undefined() },
  problems: ['group_of_delegates'],
  changesAccess: true,
  edits: true,
})

export const listGroupMembers = endpoint({
  id: 'group.list_members',
  method: 'GET',
  path: `${path}/{group}/members`,
  summary: 'List who is in a group',
  access: view,
  query: listQuery(['name', 'added_at'], {}),
  answers: { 200: listOf(GroupMember) },
  problems: [],
})

export const addGroupMembers = endpoint({
  id: 'group.add_members',
  method: 'POST',
  path: `${path}/{group}/members`,
  summary: 'Put people and connections into a group',
  description:
    'All or none; whoever is in it already stays. The caller has to hold everything that the group carries.',
  access: edit,
  body: z
    .strictObject({
      users: z.array(naming('user')).max(1000).default([]),
      connections: z.array(naming('connection')).max(100).default([]),
    })
    .refine(({ users, connections }) => users.length + connections.length > 0, {
      message: 'names nobody',
    }),
  answers: { 200: Group },
  problems: ['reference_unknown'],
  changesAccess: true,
})

export const removeGroupMember = endpoint({
  id: 'group.remove_member',
  method: 'DELETE',
  path: `${path}/{group}/members/{member}`,
  summary: 'Take a person or a connection out of a group',
  access: edit,
  answers: { 204: z.undefined() },
  problems: [],
  changesAccess: true,
})

export const groupEndpoints = [
  listGroups,
  createGroup,
  getGroup,
  updateGroup,
  deleteGroup,
  listGroupMembers,
  addGroupMembers,
  removeGroupMember,
]
