import { z } from 'zod'
import { Obstacle } from '../access/explanation.ts'
import { endpoint } from '../endpoint.ts'
import { listOf, listQuery } from '../page.ts'
import { moment } from '../reference.ts'
import { memberFilters, memberSorts, several } from './member.ts'

const Named = z.strictObject({ id: z.string(), name: z.string() })
const Place = z.strictObject({ id: z.string(), key: z.string(), name: z.string() })

/** What to call somebody's permissions in one place. */
export const RoleLabel = z
  .strictObject({
    roles: z.array(Named).describe('Empty for no access'),
    limited_by: z
      .array(Named)
      .describe('What cuts the roles down: the maximum role, or what is held at home'),
  })
  .meta({ id: 'RoleLabel' })

const AccessLine = z
  .strictObject({
    grant: z.strictObject({
      id: z.string(),
      role: Named,
      organization: z.string().optional().describe('Left out for the whole account'),
      starts_at: moment.optional(),
      ends_at: moment.optional(),
    }),
    group: Named.extend({ kind: z.enum(['manual', 'sso']) }).optional(),
    through: z
      .strictObject({ connection: z.string(), guest: z.string(), maximum: Named })
      .optional()
      .describe('The connection through which it comes, and its ceiling'),
    permissions: z.array(z.string()).describe('What it carries, or would but for the obstacles'),
    label: RoleLabel,
    obstacles: z.array(Obstacle).describe('Why it does not count at this moment; empty where it does'),
  })
  .meta({ id: 'AccessLine' })

const PlaceAccess = z
  .strictObject({
    organization: Place.nullable().describe('null: everywhere in the account'),
    permissions: z.array(z.string()).describe('What results'),
    label: RoleLabel,
    user: z.array(AccessLine).describe('Given to the person'),
    group: z.array(AccessLine).describe('Given to groups that the person was put into'),
    sso_group: z.array(AccessLine).describe('Given to groups that the identity provider fills'),
    connection: z.array(AccessLine).describe('Given to connections with the person’s home account'),
  })
  .meta({ id: 'PlaceAccess' })

const view = { permission: 'member.view', at: 'anywhere' } as const

export const getMemberAccess = endpoint({
  id: 'member.access',
  method: 'GET',
  path: '/api/v1/accounts/{account}/members/{user}/access',
  summary: 'What somebody may do, where, and by which grants',
  description:
    'The whole account, and each organization that some grant is over; any other is as everywhere. Without the ' +
    'permission over the whole account, the caller’s organizations only. Also for somebody who comes through a ' +
    'connection, by their id. Why a single permission is held or not is asked with `POST …/explain`.',
  access: view,
  query: listQuery(['organization'], {}),
  answers: {
    200: listOf(PlaceAccess)
      .extend({ user: z.string(), everywhere: PlaceAccess.nullable() })
      .meta({ id: 'MemberAccess' }),
  },
  problems: [],
})

export const getAccessMatrix = endpoint({
  id: 'member.access_matrix',
  method: 'GET',
  path: '/api/v1/accounts/{account}/access-matrix',
  summary: 'Who has what where: people by organizations',
  description:
    'A page of people, as in the list of members; by the organizations that are named, at most 50, or else the first 25.',
  access: view,
  query: listQuery(memberSorts, {
    ...memberFilters,
    organizations: several('organization').optional(),
  }),
  answers: {
    200: z
      .strictObject({
        organizations: z.array(Place),
        items: z.array(
          z.strictObject({
            user: z.string(),
            name: z.string().nullable(),
            email: z.string(),
            everywhere: RoleLabel.nullable().describe('null for a caller who may not see the whole account'),
            cells: z.array(RoleLabel).describe('In the order of `organizations`'),
          }),
        ),
        next_cursor: z.string().nullable(),
        total: z.int(),
      })
      .meta({ id: 'AccessMatrix' }),
  },
  problems: ['reference_unknown', 'too_many_organizations'],
})

export const memberAccessEndpoints = [getMemberAccess, getAccessMatrix]
