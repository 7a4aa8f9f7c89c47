import { z } from 'zod'

export type Json = Readonly<Record<string, unknown>>

interface Converted {
  readonly $schema?: string
  readonly $defs?: Readonly<Record<string, Json>>
  readonly [name: string]: unknown
}

/** Zod schemas as JSON Schema, those with an `id` collected once and referred to from everywhere. */
export class JsonSchemas {
  readonly #named = new Map<string, Json>()

  /** A schema for what is sent (`input`) or what is answered (`output`). */
  of(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
    const {
      $schema: _dialect,
      $defs = {},
      ...own
    } = z.toJSONSchema(schema, { io, override: readable }) as Converted
    for (const [name, definition] of Object.entries($defs)) this.#named.set(name, toComponents(definition))
    return toComponents(own)
  }

  components(): Json {
    return Object.fromEntries([...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}

/** A format says what its pattern says, and can be read. */
function readable({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  delete jsonSchema['id']
}

function toComponents(schema: Json): Json {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')
  return JSON.parse(text) as Json
}
