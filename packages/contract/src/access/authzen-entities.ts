import { z } from 'zod'

/*
 * The information model of the OpenID AuthZEN Authorization API 1.0, section 5. Unknown fields are ignored, as its
 * section on JSON serialization asks; what Keyholder reads beside the standard's own fields is named here.
 */

const properties = z.looseObject({}).describe('Not read')

export const AuthzenSubject = z
  .looseObject({
    type: z.string().describe('`user`; nobody else is known'),
    id: z.string().describe("The user's id, e-mail or external id").meta({ 'x-names': 'user' }),
    properties: properties.optional(),
  })
  .meta({ id: 'AuthzenSubject' })

export const AuthzenAction = z
  .looseObject({
    name: z
      .string()
      .describe(
        'With the type of the resource it names the permission: `tag` on an `asset` is `asset.tag`. On an ' +
          '`organization` or an `account` it may be a whole permission: `asset.tag`',
      ),
    properties: properties.optional(),
  })
  .meta({ id: 'AuthzenAction' })

const ResourceProperties = z.looseObject({
  organization: z
    .string()
    .optional()
    .describe('Where the resource is: an organization by id or as `account/organization`')
    .meta({ 'x-names': 'organization' }),
  account: z
    .string()
    .optional()
    .describe(
      'The account by id or slug, for a question about the whole account; left out with an account key: its own',
    )
    .meta({ 'x-names': 'account' }),
  owner: z
    .string()
    .optional()
    .describe('Whose the resource is: a user by id, e-mail or external id')
    .meta({ 'x-names': 'user' }),
})

export const AuthzenResource = z
  .looseObject({
    type: z.string().describe("A resource type of the blueprint, the host product's or Keyholder's own"),
    id: z
      .string()
      .describe(
        'Names the organization or the account where the type is one of these; of others it is not read',
      ),
    properties: ResourceProperties.optional(),
  })
  .meta({ id: 'AuthzenResource' })

const revisions = z
  .string()
  .max(2_000)
  .regex(/^ *acc_[\w-]{1,64}:\d{1,15}( *, *acc_[\w-]{1,64}:\d{1,15})* *$/)

export const AuthzenContext = z
  .looseObject({
    at_least: z
      .union([revisions, z.array(revisions).max(100), z.int().nonnegative()])
      .optional()
      .describe(
        'Revisions, as `Keyholder-Revision` of a change or `context.revision` of an answer gave them, that the answer must ' +
          "not be older than; a bare number is the revision of the question's account",
      ),
    explain: z.boolean().optional().describe('`true`: the answer carries the whole explanation'),
  })
  .meta({ id: 'AuthzenContext' })
