import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { moment, naming } from '../reference.ts'
import { EndedMembership } from './ended-membership.ts'
import { DefaultRole } from './member.ts'

const Action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('set_default_role'),
    default_role: DefaultRole.nullable().describe('null: no access'),
  }),
  z.strictObject({
    kind: z.literal('grant'),
    role: naming('role'),
    organization: naming('organization').optional().describe('Left out: the whole account'),
    starts_at: moment.optional(),
    ends_at: moment.optional(),
  }),
  z.strictObject({ kind: z.literal('add_to_group'), group: naming('group') }),
  z.strictObject({ kind: z.literal('remove_from_group'), group: naming('group') }),
  z.strictObject({ kind: z.literal('suspend') }),
  z.strictObject({ kind: z.literal('reactivate') }),
  z.strictObject({ kind: z.literal('remove') }),
])

export const changeMembers = endpoint({
  id: 'member.change_many',
  method: 'POST',
  path: '/api/v1/accounts/{account}/members-bulk',
  summary: 'Do the same to many people at once, all or none',
  description:
    'Needs the permission that the same change of one person needs. Where it cannot be done to somebody, it is done to ' +
    'nobody, and `rows` of the problem names everybody in the way.',
  access: { permission: 'member.view', at: 'anywhere' },
  body: z.strictObject({ users: z.array(naming('user')).min(1).max(500), action: Action }),
  answers: {
    200: z
      .strictObject({
        results: z.array(
          z.strictObject({
            user: z.string(),
            outcome: z.enum(['done', 'unchanged']).describe('`unchanged`: it was so already'),
            ended: EndedMembership.optional().describe('For removals'),
          }),
        ),
      })
      .meta({ id: 'BulkResult' }),
  },
  problems: ['bulk_refused', 'bulk_beyond_own_access', 'reference_unknown'],
  changesAccess: true,
  creates: true,
})
