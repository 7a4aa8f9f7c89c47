import { z } from 'zod'
import { language } from '../account/language.ts'
import { moment, naming, text } from '../reference.ts'

const offered = { role: naming('role'), starts_at: moment.optional(), ends_at: moment.optional() }

/** What an invitation brings and says, as its author writes it. */
export const offer = {
  default_role: z
    .strictObject(offered)
    .nullable()
    .default(null)
    .describe('The role over the whole account; null: no access beyond the other roles'),
  grants: z
    .array(z.strictObject({ ...offered, organization: naming('organization') }))
    .max(1000)
    .default([])
    .describe('Roles over single organizations'),
  groups: z.array(naming('group')).max(100).default([]),
  language: language.default('en').describe('Of the mail'),
  show_inviter: z.boolean().default(true).describe('Whether mail and page tell who invites'),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('Of the mail; null: the default of the language'),
  body: text(10_000).nullable().default(null).describe('Text of the mail, before the link'),
  expires_at: moment
    .optional()
    .describe('Seven days from now where left out; at most what the account’s settings allow'),
}

const shownRole = { role: z.string(), starts_at: moment.nullable(), ends_at: moment.nullable() }

const state = z.enum(['pending', 'accepted', 'declined', 'expired', 'revoked'])

export const Invitation = z
  .strictObject({
    id: z.string(),
    kind: z
      .enum(['home', 'external'])
      .describe('As a user of this account, or as somebody whose home is elsewhere'),
    email: z.string(),
    state,
    default_role: z.strictObject(shownRole).nullable(),
    grants: z.array(z.strictObject({ ...shownRole, organization: z.string() })),
    groups: z.array(z.string()),
    language,
    show_inviter: z.boolean(),
    subject: z.string().nullable(),
    body: z.string().nullable(),
    inviter: z
      .strictObject({
        kind: z.enum(['person', 'key', 'operator']),
        id: z.string(),
        email: z.string().nullable(),
        name: z.string().nullable(),
      })
      .describe('Who answers for it: made it, or last edited or resent it'),
    created_at: moment,
    sent_at: moment,
    expires_at: moment,
    days_left: z
      .int()
      .nullable()
      .describe('Days until it expires, begun ones counted; negative: since it did; null once it is settled'),
    settled_at: moment.nullable(),
    settled_by: z.string().nullable(),
  })
  .meta({ id: 'Invitation' })

/** An invitation as its addressee sees it before they answer. */
export const InvitationToMe = z
  .strictObject({
    account: z.strictObject({ slug: z.string(), name: z.string() }),
    kind: z.enum(['home', 'external']),
    email: z.string(),
    state,
    expires_at: moment,
    inviter: z
      .strictObject({ email: z.string(), name: z.string().nullable() })
      .nullable()
      .describe('null where the inviter is not shown'),
    roles: z.array(
      z.strictObject({
        role: z.string().describe('Its name'),
        organization: z.string().nullable().describe('Its name; null: the whole account'),
        starts_at: moment.nullable(),
        ends_at: moment.nullable(),
      }),
    ),
    has_login: z.boolean().describe('Whether somebody signs in with this address; else they sign up'),
  })
  .meta({ id: 'InvitationToMe' })

const states = state.options.join('|')

/** Several states in a query, separated by commas. */
export const severalStates = z
  .string()
  .regex(new RegExp(`^(?:${states})(?:,(?:${states}))*$`), `must be of ${state.options.join(', ')}`)
