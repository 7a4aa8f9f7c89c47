import { z } from 'zod'
import type { AssertedIdentity } from '../asserted-identity.ts'

const form = z.strictObject({
  subject: z.string(),
  email: z.string().optional(),
  emailVerified: z.boolean(),
  name: z.string().optional(),
  attributes: z.array(z.tuple([z.string(), z.array(z.string())])),
  authenticatedAt: z.string().optional(),
  methods: z.array(z.string()),
})

/** Who was asserted, as it is kept until the browser comes for it. */
export function toStored({ attributes, authenticatedAt, ...rest }: AssertedIdentity): object {
  return {
    ...rest,
    attributes: [...attributes],
    ...(authenticatedAt && { authenticatedAt: authenticatedAt.toISOString() }),
  }
}

export function fromStored(stored: object): AssertedIdentity {
  const { attributes, authenticatedAt, email, name, ...rest } = form.parse(stored)
  return {
    ...rest,
    email,
    name,
    attributes: new Map(attributes),
    authenticatedAt: authenticatedAt === undefined ? undefined : new Date(authenticatedAt),
  }
}
