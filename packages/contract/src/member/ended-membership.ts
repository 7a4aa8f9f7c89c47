import { z } from 'zod'

/** What ends with a membership. */
export const EndedMembership = z
  .strictObject({
    user: z.string(),
    grants: z.array(
      z.strictObject({ id: z.string(), role: z.string().nullable(), organization: z.string().nullable() }),
    ),
    groups: z.array(z.string()),
    api_keys: z.array(z.string()).describe('Keys that they had made; refused from now on'),
    login: z
      .enum(['kept', 'ended'])
      .describe(
        'A login ends with its home, unless another account still has the person as an external user',
      ),
  })
  .meta({ id: 'EndedMembership' })
