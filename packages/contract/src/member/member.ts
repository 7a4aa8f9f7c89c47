import { z } from 'zod'
import { search } from '../page.ts'
import { moment, naming } from '../reference.ts'

/** A role over the whole account, and for how long. */
export const DefaultRole = z.strictObject({
  role: naming('role'),
  starts_at: moment.optional(),
  ends_at: moment.optional(),
})

export const Member = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    external_id: z.string().nullable().describe('What the host product calls them'),
    kind: z.enum(['home', 'external']),
    status: z.enum(['active', 'suspended']),
    verified: z.boolean().describe('Whether the e-mail address is known to be theirs'),
    mfa: z.boolean().describe('Whether they hold a second factor'),
    home: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
    roles: z
      .array(
        z.strictObject({
          grant: z.string(),
          role: z.string(),
          starts_at: moment.nullable(),
          ends_at: moment.nullable(),
        }),
      )
      .describe('Their own roles over the whole account, also those that do not count at this moment'),
    groups: z.array(z.string()),
    last_seen_at: moment.nullable(),
    joined_at: moment,
  })
  .meta({ id: 'Member' })

export const memberSorts = [
  'name',
  'email',
  'role',
  'verified',
  'mfa',
  'status',
  'kind',
  'last_seen_at',
  'joined_at',
] as const

/** Several names of one kind in a query, separated by commas. */
export function several(slot: 'role' | 'user' | 'organization') {
  return z
    .string()
    .min(1)
    .max(4000)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')
    .meta({ 'x-names': slot })
    .describe('One or several, separated by commas')
}

const flag = z.enum(['true', 'false'])

export const memberFilters = {
  q: search.describe('Part of the name or of the e-mail, domain included'),
  kind: z.enum(['home', 'external', 'any']).default('home'),
  role: several('role').optional().describe('Any of these over the whole account, separated by commas'),
  status: z.enum(['active', 'suspended']).optional(),
  group: naming('group').optional(),
  organization: naming('organization').optional().describe('Who has any role there, by whichever way'),
  restricted: flag.optional().describe('`true`: only who has no role over the whole account'),
  verified: flag.optional(),
  mfa: flag.optional().describe('Whether they hold a second factor'),
  seen_from: moment.optional().describe('Seen at or after this moment'),
  seen_before: moment.optional().describe('Not seen since this moment'),
}
