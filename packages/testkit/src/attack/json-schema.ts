/** As much of JSON Schema as the OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly additionalProperties?: boolean | Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly minItems?: number
  readonly minimum?: number
  readonly 'x-names'?: string
}

export type Components = Readonly<Record<string, Schema>>

/** A value in a body that is a string of any content, and what it is said to name. */
export interface Leaf {
  /** As `/grants/[]/role`: the steps to it, with `[]` for each item of a list. */
  readonly pattern: string
  readonly names: string | undefined
}

/** The schema itself, where it only refers to another. */
export function resolved(schema: Schema, components: Components): Schema {
  if (schema.$ref === undefined) return schema
  const target = components[schema.$ref.replace('#/components/schemas/', '')]
  if (!target) throw new Error(`${schema.$ref} leads nowhere`)
  return resolved(target, components)
}

/** The forms that a value may have instead of one another or all at once. */
export function branches({ anyOf = [], oneOf = [], allOf = [] }: Schema): readonly Schema[] {
  return [...anyOf, ...oneOf, ...allOf]
}

/** Every place in a value at which text of the caller's own may stand. */
export function leavesOf(schema: Schema, components: Components, at = ''): readonly Leaf[] {
  const here = resolved(schema, components)
  if (here['x-names'] !== undefined) return [{ pattern: at, names: here['x-names'] }]
  const inside = [
    ...branches(here).flatMap((branch) => leavesOf(branch, components, at)),
    ...Object.entries(here.properties ?? {}).flatMap(([name, property]) =>
      leavesOf(property, components, `${at}/${name}`),
    ),
    ...(here.items ? leavesOf(here.items, components, `${at}/[]`) : []),
  ]
  return here.type === 'string' && isOpen(here) ? [...inside, { pattern: at, names: undefined }] : inside
}

function isOpen(schema: Schema): boolean {
  return schema.enum === undefined && schema.const === undefined && schema.format === undefined
}
