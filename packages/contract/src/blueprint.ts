import { z } from 'zod'

const Text = z.string().min(1).max(500)

const Level = z
  .enum(['organization', 'account'])
  .describe('Where the permission is held: in organizations (default), or only over the whole account.')

const ActionDetails = z
  .strictObject({
    label: Text,
    own: z
      .boolean()
      .optional()
      .describe("May also be held for one's own resources only: `resource.action:own`."),
    guarded: z.boolean().optional().describe('Never exercised through a connection.'),
    secret: z
      .boolean()
      .optional()
      .describe('Shows or changes a secret, as a password; never open to support access.'),
    level: Level.optional(),
  })
  .describe('An action with more to say than its label.')

const Resource = z.strictObject({
  label: Text.optional(),
  level: Level.optional(),
  actions: z.record(z.string(), z.union([Text, ActionDetails])),
})

const Role = z.strictObject({
  name: Text,
  permissions: z
    .array(z.string())
    .describe('Patterns: a permission, `resource.*`, `*`, or one of these after `!`; later entries win.'),
  connects: z.boolean().optional().describe('`false` for a role that adds nothing to standing.'),
})

/** The form of a blueprint file: what a host product's permissions and built-in roles are. */
export const BlueprintFileForm = z.strictObject({
  name: Text.describe('The name of the host product.'),
  terms: z
    .strictObject({ account: Text.optional(), organization: Text.optional(), custom_role: Text.optional() })
    .optional()
    .describe("The host product's own words."),
  resources: z.record(z.string(), Resource).describe('The resource types, by key in lower snake case.'),
  roles: z.record(z.string(), Role).describe('The built-in roles, by key.'),
})
