import { z } from 'zod'

const Difference = z.strictObject({
  user: z.string(),
  account: z.string(),
  organization: z
    .string()
    .nullable()
    .describe('null: everywhere in the account, but for the organizations that are named for this person'),
  permissions: z.array(z.string()).describe('Empty for an organization that is an exception'),
})

const Seat = z.strictObject({
  reason: z.enum(['member', 'restricted', 'single_customer', 'external', 'suspended']),
  billed: z.boolean(),
})

/** How many entries of each list a preview shows; the totals and the hash are of all. */
export const mostPreviewed = 100

const SeatChanges = z.strictObject({
  account: z.string(),
  billed: z.int().describe('How many more seats are billed, or how many fewer'),
  changed: z
    .array(z.strictObject({ user: z.string(), before: Seat.nullable(), after: Seat.nullable() }))
    .max(mostPreviewed)
    .describe(`The first ${mostPreviewed} in the order of their ids`),
  total: z.int().describe('How many seats change'),
})

const shown = z
  .array(Difference)
  .max(mostPreviewed)
  .describe(`The first ${mostPreviewed}, in the order of accounts and users`)

/** What an invitee gains. */
const AtAcceptance = z.strictObject({
  email: z.string(),
  gains: z.array(Difference.omit({ user: true, account: true })),
  billed: z.int().describe('How many more seats are billed then'),
})

/** What a change would do, with nothing written. */
export const Preview = z
  .strictObject({
    preview: z.strictObject({
      hash: z.string().describe('Send it as `Keyholder-Preview` to apply exactly this'),
      revision: z.string().describe('The revision of each account that this was computed at'),
      gains: shown,
      loses: shown,
      totals: z
        .strictObject({
          gains: z.int(),
          loses: z.int(),
          people: z.int().describe('For how many people something changes'),
        })
        .describe('Of all entries, also those that are not shown'),
      seats: z.array(SeatChanges),
      at_acceptance: z
        .array(AtAcceptance)
        .max(mostPreviewed)
        .optional()
        .describe(
          `Of invitations: what each invitee, the first ${mostPreviewed} of them, gains by accepting, as if they accepted now. Nobody gains it before, so none of it is in \`gains\` and \`seats\``,
        ),
    }),
  })
  .meta({ id: 'Preview' })
