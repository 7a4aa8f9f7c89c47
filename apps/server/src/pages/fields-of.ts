import { z } from 'zod'

/** One field of a schema, for reading. */
export interface Field {
  readonly name: string
  readonly type: string
  readonly says: string
}

interface Shape {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly default?: unknown
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Shape>>
}

const deepest = 3

/** The fields of a schema in the order in which it declares them, those inside of others by their path. */
export function fieldsOf(schema: z.ZodType | undefined, io: 'input' | 'output'): Field[] {
  if (!schema || schema instanceof z.ZodUndefined) return []
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Shape
  const definitions = root.$defs ?? {}
  const resolve = (shape: Shape): Shape =>
    shape.$ref ? (definitions[shape.$ref.slice('#/$defs/'.length)] ?? shape) : shape
  return inside(resolve(root), '', resolve, io, 0)
}

function inside(
  shape: Shape,
  prefix: string,
  resolve: (shape: Shape) => Shape,
  io: 'input' | 'output',
  depth: number,
): Field[] {
  const required = new Set(shape.required)
  return Object.entries(shape.properties ?? {}).flatMap(([name, given]) => {
    const property = resolve(given)
    const path = `${prefix}${name}`
    const optional = io === 'input' && !required.has(name)
    const field = {
      name: path,
      type: `${typeInWords(property, resolve)}${optional ? ', optional' : ''}`,
      says: saysOf(given, property),
    }
    if (depth >= deepest) return [field]
    const item = property.items && resolve(property.items)
    const below = item
      ? inside(item, `${path}[].`, resolve, io, depth + 1)
      : inside(property, `${path}.`, resolve, io, depth + 1)
    return [field, ...below]
  })
}

function saysOf(given: Shape, property: Shape): string {
  const says = given.description ?? property.description ?? ''
  return property.default === undefined
    ? says
    : `${says}${says ? '; ' : ''}\`${JSON.stringify(property.default)}\` where left out`
}

function typeInWords(shape: Shape, resolve: (shape: Shape) => Shape): string {
  const choices = shape.anyOf ?? shape.oneOf
  if (choices)
    return [...new Set(choices.map((choice) => typeInWords(resolve(choice), resolve)))].join(' or ')
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum) return shape.enum.map(String).join(' | ')
  if (shape.format === 'date-time') return 'moment'
  if (shape.items) return `list of ${typeInWords(resolve(shape.items), resolve)}`
  const names: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', null: 'null' }
  const types = Array.isArray(shape.type) ? shape.type : [shape.type ?? 'anything']
  return types.map((type: string) => names[type] ?? type).join(' or ')
}
