import { z } from 'zod'
import { moment } from '../reference.ts'

const Role = z.strictObject({ id: z.string(), name: z.string() })
const Group = z.strictObject({ id: z.string(), name: z.string(), kind: z.enum(['manual', 'sso']) })

const ThroughConnection = z.strictObject({
  connection: z.string(),
  guest: z.string().describe('The account that the person belongs to'),
  maximum: Role.describe('The ceiling of everything that comes through the connection'),
  standing: z
    .array(
      z.strictObject({
        role: Role,
        grant: z.string().optional().describe('Told to the deployment alone'),
        group: Group.optional().describe('Told to the deployment alone'),
      }),
    )
    .describe('The roles at home that the permission is held by; any one of them would do'),
})

const AccessPath = z
  .strictObject({
    user: z.string(),
    account: z.string(),
    through: ThroughConnection.optional(),
    group: Group.optional(),
    grant: z.strictObject({
      id: z.string(),
      role: Role,
      organization: z.string().optional().describe('Left out for the whole account'),
      starts_at: moment.optional(),
      ends_at: moment.optional(),
    }),
    permission: z.string().describe('The form that is held: `ticket.view`, or `ticket.view:own`'),
    until: moment.optional().describe('When this way ends by itself'),
  })
  .meta({ id: 'AccessPath' })

export const Obstacle = z
  .looseObject({ code: z.string() })
  .describe('What stands in the way, with its facts beside the code')
  .meta({ id: 'Obstacle' })

/** Why an answer is as it is, in full. */
export const Explanation = z
  .strictObject({
    allowed: z.boolean(),
    because: z.array(AccessPath).describe('Every way that leads to the permission; any one of them would do'),
    limits: z
      .array(z.strictObject({ path: AccessPath, by: z.array(Obstacle) }))
      .describe('What connections were granted and their ceilings took off'),
    near_misses: z
      .array(z.strictObject({ path: AccessPath, obstacles: z.array(Obstacle) }))
      .describe('Every grant that would have led to the permission but for something, the nearest first'),
    smallest_change: z
      .array(
        z.strictObject({
          account: z.string(),
          changes: z.array(z.looseObject({ kind: z.string() })),
        }),
      )
      .optional()
      .describe('The smallest change found that turns the answer round; left out where none can'),
    unknown: z
      .enum(['permission', 'account', 'organization', 'user'])
      .optional()
      .describe('What the question names that is not there'),
    revision: z.string().optional().describe('What this was computed at'),
  })
  .meta({ id: 'Explanation' })
