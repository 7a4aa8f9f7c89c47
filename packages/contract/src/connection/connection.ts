import { z } from 'zod'
import { moment, naming } from '../reference.ts'

const account = z.strictObject({ id: z.string(), slug: z.string(), name: z.string() })
const named = z.strictObject({ id: z.string(), name: z.string() })
export const side = z.enum(['host', 'guest'])
export const status = z.enum(['proposed', 'active', 'paused', 'ended', 'declined'])

const assurance = z
  .enum(['none', 'mfa', 'sso'])
  .describe('What the guest’s people must have shown at sign-in before they pass')
const extensionDays = z
  .int()
  .min(1)
  .max(3660)
  .describe('Days by which the host may move the end, once, without asking')

const Terms = z.strictObject({
  maximum: named.describe('The ceiling: nobody gets more through the connection'),
  assurance,
  starts_at: moment.nullable(),
  ends_at: moment.nullable(),
  extension_days: z.number().nullable(),
})

export const Connection = z
  .strictObject({
    id: z.string(),
    side: side.describe('As which of the two the account of the path takes part'),
    host: account.describe('Opens up'),
    guest: account.describe('Is let in'),
    status,
    terms: Terms.describe('In force, or as proposed'),
    delegates: z
      .string()
      .nullable()
      .describe('The guest’s group whose members may use it; null: all of its people'),
    purpose: z.string().nullable(),
    message: z.string().nullable(),
    offer: z
      .strictObject({
        by: side,
        at: moment,
        terms: Terms,
        groups: z.array(named).describe('Groups of the host that the connection joins at the acceptance'),
        openings: z.array(
          z.strictObject({
            role: named.nullable().describe('null: the maximum role'),
            organization: named.nullable().describe('null: the whole account'),
            starts_at: moment.nullable(),
            ends_at: moment.nullable(),
          }),
        ),
      })
      .nullable()
      .describe('What waits for the other side: a proposal, a counter-proposal, or wider terms'),
    ended: z.strictObject({ by: side, at: moment }).nullable(),
    proposed_at: moment,
    last_used_at: moment
      .nullable()
      .describe(
        'When somebody last came through: by a change, by reading, or in a question; a minute late at most',
      ),
  })
  .meta({ id: 'Connection' })

/** Terms as a request names them; what is left out stays as it is. */
export const wantedTerms = {
  maximum: naming('role').optional().describe('The ceiling, a role of the host'),
  assurance: assurance.optional(),
  starts_at: moment.nullable().optional(),
  ends_at: moment.nullable().optional(),
  extension_days: extensionDays.nullable().optional(),
}

/** What is open from the first moment. */
export const wantedOpenings = {
  groups: z.array(naming('group')).max(100).optional().describe('Groups of the host that it joins'),
  openings: z
    .array(
      z.strictObject({
        role: naming('role').optional().describe('Left out: the maximum role'),
        organization: naming('organization').optional().describe('Left out: the whole account'),
        starts_at: moment.optional(),
        ends_at: moment.optional(),
      }),
    )
    .max(1000)
    .optional()
    .describe('Organizations, or the whole account, that it is granted'),
}

export const wantedDelegates = naming('group')
  .nullable()
  .describe('A group of the guest whose members may use the connection; null: all of its people')

export const ConnectionDelegate = z
  .strictObject({
    user: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    last_used_at: moment.nullable().describe('When they last changed something through the connection'),
    access: z
      .array(
        z.strictObject({
          organization: named.nullable().describe('null: everywhere in the host account'),
          permissions: z.array(z.string()),
          roles: z.array(named).describe('What it comes to, or was granted'),
          limited_by: z.array(named),
        }),
      )
      .describe('What they have through this connection at this moment; empty for nothing'),
  })
  .meta({ id: 'ConnectionDelegate' })
