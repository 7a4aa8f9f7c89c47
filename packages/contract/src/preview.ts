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

const SeatChanges = z.strictObject({
  account: z.string(),
  billed: z.int().describe('How many more seats are billed, or how many fewer'),
  changed: z.array(z.strictObject({ user: z.string(), before: Seat.nullable(), after: Seat.nullable() })),
})

/** What a change would do, with nothing written. */
export const Preview = z
  .strictObject({
    preview: z.strictObject({
      hash: z.string().describe('Send it as `Keyholder-Preview` to apply exactly this'),
      revision: z.string().describe('The revision of each account that this was computed at'),
      gains: z.array(Difference),
      loses: z.array(Difference),
      seats: z.array(SeatChanges),
    }),
  })
  .meta({ id: 'Preview' })
