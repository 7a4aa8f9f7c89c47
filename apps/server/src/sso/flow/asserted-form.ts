import { z } from 'zod'
import type { AssertedIdentity } from '../asserted-identity.ts'

const identityForm = z.strictObject({
  subject: z.string(),
  email: z.string().optional(),
  emailVerified: z.boolean(),
  name: z.string().optional(),
  attributes: z.array(z.tuple([z.string(), z.array(z.string())])),
  authenticatedAt: z.string().optional(),
  methods: z.array(z.string()),
})
const form = z.strictObject({ version: z.int(), identity: identityForm })

/** Who was asserted, and by which version of their connection that was believed. */
export interface Believed {
  readonly version: number
  readonly identity: AssertedIdentity
}

/** Who was asserted, as it is kept until the browser comes for it. */
export function toStored({ version, identity }: Believed): object {
  const { attributes, authenticatedAt, ...rest } = identity
  return {
    version,
    identity: {
      ...rest,
      attributes: [...attributes],
      ...(authenticatedAt && { authenticatedAt: authenticatedAt.toISOString() }),
    },
  }
}

export function fromStored(stored: object): Believed {
  const { version, identity } = form.parse(stored)
  const { attributes, authenticatedAt, email, name, ...rest } = identity
  return {
    version,
    identity: {
      ...rest,
      email,
      name,
      attributes: new Map(attributes),
      authenticatedAt: authenticatedAt === undefined ? undefined : new Date(authenticatedAt),
    },
  }
}
