import { Ajv } from 'ajv'
import { z } from 'zod'

const ajv = new Ajv({ strict: false })

/** Compiles a schema of the contract to a function that only says whether a body has its form, in some nanoseconds. */
export function bodyCheck<Schema extends z.ZodType>(
  schema: Schema,
): (body: unknown) => body is z.output<Schema> {
  const check = ajv.compile(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }))
  return (body): body is z.output<Schema> => check(body)
}
