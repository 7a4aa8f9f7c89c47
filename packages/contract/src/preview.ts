import { z } from 'zod'

const Difference = z.strictObject({
  user: z.string(),
  organization: z.string().nullable().describe('null: over the whole account'),
  permissions: z.array(z.string()),
})

/** What a change would do, with nothing written. */
export const Preview = z
  .strictObject({
    preview: z.strictObject({
      hash: z.string().describe('Send it as `Keyholder-Preview` to apply exactly this'),
      revision: z.string().describe('The revision of each account that this was computed at'),
      gains: z.array(Difference),
      loses: z.array(Difference),
      seats: z.array(z.unknown()),
    }),
  })
  .meta({ id: 'Preview' })
