import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { exported, exportFormat } from '../export.ts'
import { listOf, listQuery } from '../page.ts'
import { line, moment, naming } from '../reference.ts'
import { EndedMembership } from './ended-membership.ts'
import { memberAccessEndpoints } from './member-access-endpoints.ts'
import { changeMembers } from './member-bulk-endpoint.ts'
import { memberCredentialEndpoints } from './member-credential-endpoints.ts'
import { memberSessionEndpoints } from './member-session-endpoints.ts'
import { DefaultRole, Member, memberFilters, memberSorts, several } from './member.ts'

const path = '/api/v1/accounts/{account}/members'
const view = { permission: 'member.view', at: 'anywhere' } as const
const { organization: _, ...filtersThere } = memberFilters
const edit = { permission: 'member.edit', at: 'account' } as const

export const listMembers = endpoint({
  id: 'member.list',
  method: 'GET',
  path,
  summary: 'List the people of an account',
  description:
    'Its own users, unless `kind` asks for external ones. Without the permission over the whole account, only people ' +
    'with a role in the caller’s organizations. `restricted=true` is the page of restricted users.',
  access: view,
  query: listQuery(memberSorts, memberFilters),
  answers: { 200: listOf(Member) },
  problems: ['reference_unknown'],
})

export const listMembersOfOrganization = endpoint({
  id: 'member.list_of_organization',
  method: 'GET',
  path: '/api/v1/accounts/{account}/organizations/{organization}/members',
  summary: 'List the people who have a role in an organization',
  description:
    'Users and external users, by a role of their own or a group’s, there or over the whole account.',
  access: { permission: 'member.view', at: 'organization' },
  query: listQuery(memberSorts, {
    ...filtersThere,
    kind: memberFilters.kind.default('any'),
  }),
  answers: { 200: listOf(Member) },
  problems: ['reference_unknown'],
})

export const memberColumns = [
  'id',
  'email',
  'name',
  'external_id',
  'kind',
  'status',
  'verified',
  'mfa',
  'home',
  'roles',
  'groups',
  'last_seen_at',
  'joined_at',
] as const

export const exportMembers = endpoint({
  id: 'member.export',
  method: 'GET',
  path: '/api/v1/accounts/{account}/members-export',
  summary: 'Export the people of an account',
  description:
    'The whole filtered list, or the page in view where `users` names its people; the columns in view, in their order.',
  access: view,
  query: z.strictObject({
    format: exportFormat,
    columns: z
      .string()
      .max(500)
      .optional()
      .describe(`Of ${memberColumns.join(', ')}; separated by commas, all where left out`),
    users: several('user').optional(),
    sort: z.enum(memberSorts.flatMap((sort) => [sort, `-${sort}`])).default('name'),
    ...memberFilters,
  }),
  answers: { 200: exported },
  problems: ['reference_unknown', 'column_unknown'],
})

export const getMember = endpoint({
  id: 'member.get',
  method: 'GET',
  path: `${path}/{user}`,
  summary: 'Read a person of an account',
  access: view,
  answers: { 200: Member },
  problems: [],
})

const inOrganization = DefaultRole.extend({ organization: naming('organization') })

/** A role over one organization, made for one person at the moment that they are added. */
const SingleOrganization = z.strictObject({
  organization: naming('organization'),
  permissions: z.array(z.string().max(200)).max(2000),
  name: line(200).optional().describe('Of the role that is made; made up of both names where left out'),
  starts_at: moment.optional(),
  ends_at: moment.optional(),
})

export const createMember = endpoint({
  id: 'member.create',
  method: 'POST',
  path,
  summary: 'Add a user, without an invitation',
  description:
    'The person gets a login whose home is this account; their address counts as unverified until they prove it. ' +
    '`single_organization` makes a role bound to that organization at the same moment and gives them nothing else.',
  access: { permission: 'member.invite', at: 'account' },
  body: z
    .strictObject({
      email: z.string().max(320),
      name: line(200).optional(),
      external_id: line(200).optional(),
      default_role: DefaultRole.optional().describe('Left out: no access beyond the other roles'),
      grants: z.array(inOrganization).max(1000).default([]),
      groups: z.array(naming('group')).max(100).default([]),
      single_organization: SingleOrganization.optional(),
    })
    .refine((body) => !body.single_organization || (!body.default_role && body.grants.length === 0), {
      path: ['single_organization'],
      message: 'goes without `default_role` and `grants`',
    }),
  answers: { 201: Member },
  problems: [
    'email_malformed',
    'email_taken',
    'external_id_taken',
    'member_exists',
    'grant_exists',
    'reference_unknown',
    'permission_unknown',
    'role_name_malformed',
    'role_name_reserved',
    'role_name_taken',
    'role_bound_account_level',
  ],
  changesAccess: true,
  creates: true,
})

export const updateMember = endpoint({
  id: 'member.update',
  method: 'PATCH',
  path: `${path}/{user}`,
  summary: 'Change somebody’s default role',
  description: 'It replaces every role of their own over the whole account; `null` is no access.',
  access: edit,
  body: z.strictObject({ default_role: DefaultRole.nullable() }),
  answers: { 200: Member },
  problems: ['reference_unknown'],
  changesAccess: true,
  edits: true,
})

export const setMemberStatus = endpoint({
  id: 'member.set_status',
  method: 'PUT',
  path: `${path}/{user}/status`,
  summary: 'Suspend somebody, or let them in again',
  description:
    'A suspended user has nothing anywhere; a suspended external user has nothing in this account.',
  access: edit,
  body: z.strictObject({ status: z.enum(['active', 'suspended']) }),
  answers: { 200: Member },
  problems: ['member_state'],
  changesAccess: true,
})

export const removeMember = endpoint({
  id: 'member.remove',
  method: 'DELETE',
  path: `${path}/{user}`,
  summary: 'Remove somebody from an account',
  description: 'Their access ends at once. The answer tells what ended with it.',
  access: { permission: 'member.remove', at: 'account' },
  answers: { 200: EndedMembership },
  problems: [],
  changesAccess: true,
})

export const leaveAccount = endpoint({
  id: 'member.leave',
  method: 'POST',
  path: '/api/v1/accounts/{account}/leave',
  summary: 'Leave an account in which one is an external user',
  access: 'anyone_with_access',
  answers: { 200: EndedMembership },
  problems: ['member_at_home', 'not_a_member'],
  changesAccess: true,
})

export const promoteMember = endpoint({
  id: 'member.promote',
  method: 'POST',
  path: `${path}/{user}/promotion`,
  summary: 'Make a user a superuser',
  description:
    'The role takes the place of their default role, without an end. Only a superuser can give it.',
  access: edit,
  answers: { 200: Member },
  problems: ['member_external', 'member_suspended', 'member_superuser'],
  changesAccess: true,
})

export const convertMember = endpoint({
  id: 'member.convert',
  method: 'POST',
  path: `${path}/{user}/conversion`,
  summary: 'Make a full user of somebody who is kept to some organizations',
  description:
    'Their grants of bound roles go and the new role comes over the whole account, with no moment in between. ' +
    'A bound role that nobody else has goes too.',
  access: edit,
  body: z.strictObject({ role: naming('role') }),
  answers: { 200: Member },
  problems: ['member_not_bound', 'grant_exists', 'reference_unknown'],
  changesAccess: true,
})

export const memberEndpoints = [
  listMembers,
  createMember,
  getMember,
  updateMember,
  removeMember,
  setMemberStatus,
  promoteMember,
  convertMember,
  leaveAccount,
  listMembersOfOrganization,
  exportMembers,
  changeMembers,
  ...memberAccessEndpoints,
  ...memberSessionEndpoints,
  ...memberCredentialEndpoints,
]
