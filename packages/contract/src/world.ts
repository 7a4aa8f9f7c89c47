import { z } from 'zod'
import { key as Key } from './reference.ts'

const slug = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const userKey = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}$/
const date = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`
const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?`
const absolute = String.raw`${date}T${clock}(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`
const relative = String.raw`[+-]P(?=.)(?:\d{1,4}W)?(?:\d{1,5}D)?(?:T(?=.)(?:\d{1,6}H)?(?:\d{1,7}M)?(?:\d{1,9}S)?)?`

const Slug = z
  .string()
  .regex(slug, 'a slug is 1 to 63 lower-case letters, digits and hyphens, and begins and ends with no hyphen')
/** What a user is called in a world file. */
export const UserKey = z
  .string()
  .regex(
    userKey,
    "a user's key is 1 to 128 letters, digits, `.`, `_`, `@`, `+` and `-`, and begins with a letter or digit",
  )
const Name = z
  .string()
  .max(200)
  .regex(
    /^(?!\s)[^\p{Cc}\p{Cs}\u2028\u2029]+(?<!\s)$/u,
    'a name is one line of 1 to 200 characters, with no space around it and no control characters',
  )
const Reference = z.string().min(1).max(300)

const AbsoluteMoment = z
  .string()
  .regex(new RegExp(`^${absolute}$`), 'a moment is written like `2026-11-21T12:00:00Z`')
const Moment = z
  .string()
  .regex(
    new RegExp(`^(?:${absolute}|${relative})$`),
    'a moment is written like `2026-11-21T12:00:00Z`, or relative to now like `+P30D` or `-PT1H`',
  )

const Status = z.enum(['active', 'suspended'])
const from = Moment.optional().describe(
  'The first moment at which it counts. Absolute, or relative to now: `-PT1H`.',
)
const until = Moment.optional().describe(
  'The first moment at which it counts no more. Absolute, or relative to now: `+P30D`.',
)

const User = z.strictObject({
  email: z.string().min(3).max(254).optional(),
  name: Name.optional(),
  status: Status.optional(),
  superuser: z.boolean().optional().describe('The grant of the role superuser over the account.'),
})

const Role = z.strictObject({
  name: Name.optional(),
  permissions: z
    .array(Reference)
    .max(5000)
    .describe('Permissions of the blueprint: `ticket.view`, or `ticket.view:own` where that form exists.'),
  organizations: z
    .array(Reference)
    .optional()
    .describe('Where given, the role can be granted only on these, and never over the whole account.'),
})

const Group = z.strictObject({
  name: Name.optional(),
  kind: z.enum(['manual', 'sso']).optional().describe('`sso` groups are filled at sign-in.'),
  members: z
    .array(Reference)
    .optional()
    .describe('Users by key, and connections: `connection:<guest slug>`.'),
})

const Grant = z.strictObject({
  to: Reference.describe("A user's key, `group:<key>`, or `connection:<guest slug>`."),
  role: Reference.optional().describe('May be left out for a connection only: the maximum role.'),
  on: Reference.optional().describe('An organization; left out for the whole account.'),
  from,
  until,
})

const Connection = z.strictObject({
  maximum: Reference.describe(
    'The maximum role: the ceiling of everything that comes through the connection.',
  ),
  delegates: Reference.optional().describe('`everyone` (default), or `group:<key of the guest account>`.'),
  status: z.enum(['proposed', 'active', 'paused', 'ended', 'declined']).optional(),
  from,
  until,
})

const Account = z.strictObject({
  name: Name.optional(),
  status: Status.optional(),
  organizations: z.record(Key, z.strictObject({ name: Name.optional() })).optional(),
  roles: z.record(Key, Role).optional().describe('Custom roles.'),
  users: z
    .record(UserKey, User)
    .optional()
    .describe('People whose home this account is. Keys are unique in the file.'),
  external: z
    .record(UserKey, z.strictObject({ status: Status.optional() }))
    .optional()
    .describe('People whose home is another account of this file, by their key.'),
  groups: z.record(Key, Group).optional(),
  grants: z.array(Grant).optional(),
  connections: z.record(Slug, Connection).optional().describe('Accounts that are let in, by slug.'),
})

const Question = z.strictObject({
  who: Reference.describe("A user's key."),
  may: Reference.describe('A permission of the blueprint, without `:own`.'),
  in: Reference.describe('`account/organization`, or `account` alone.'),
  owner: Reference.optional().describe('The key of the user who owns the resource in question.'),
  expect: z.boolean().optional(),
  why: z.string().min(1).max(2000).optional().describe('The rule in words, for the reader.'),
})

/** The form of a world file: who has what, and questions about it. */
export const WorldFileForm = z.strictObject({
  blueprint: Reference.describe('A name under blueprints/, or a path relative to this file.'),
  now: AbsoluteMoment.optional().describe(
    'The moment at which the questions are asked, and from which relative times count.',
  ),
  accounts: z.record(Slug, Account).describe('Accounts by slug.'),
  questions: z.array(Question).optional(),
})

export type WorldFile = z.infer<typeof WorldFileForm>
export type AccountInWorldFile = z.infer<typeof Account>
