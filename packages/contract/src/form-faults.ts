import type { z } from 'zod'
import { unknownName } from './nearest-name.ts'

/** One thing that keeps a value from having a form, at a path of keys. */
export interface FormFault {
  readonly path: readonly (string | number)[]
  /** Whether the key at the path is wrong, or its value. */
  readonly part: 'key' | 'value'
  readonly code: 'unknown_key' | 'wrong_form'
  readonly message: string
}

/** Says in sentences what keeps a value from having this form, unknown keys with the nearest known one. */
export function formFaults(form: z.ZodType, value: unknown, error: z.ZodError): readonly FormFault[] {
  return error.issues.flatMap((issue) => faultsOf({ form, value }, issue, []))
}

interface Judged {
  readonly form: z.ZodType
  readonly value: unknown
}

function faultsOf(judged: Judged, issue: z.core.$ZodIssue, within: FormFault['path']): FormFault[] {
  const path = [...within, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))]
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(judged.form, path)
    return issue.keys.map((key) => ({
      path: [...path, key],
      part: 'key',
      code: 'unknown_key',
      message: unknownName('key', key, known),
    }))
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? 'this cannot be a name'
    return [{ path, part: 'key', code: 'wrong_form', message }]
  }
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.find((branch) =>
      branch.some((one) => one.path.length > 0 || one.code !== 'invalid_type'),
    )
    if (closest) return closest.flatMap((one) => faultsOf(judged, one, path))
  }
  const missing = path.length > 0 && partAt(judged.value, path) === undefined
  const message = missing ? `\`${String(path.at(-1))}\` is missing` : wording(issue)
  return [{ path, part: 'value', code: 'wrong_form', message }]
}

function partAt(value: unknown, path: FormFault['path']): unknown {
  return path.reduce<unknown>((part, step) => {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, step)) return undefined
    return (part as Record<string | number, unknown>)[step]
  }, value)
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: '`true` or `false`',
  number: 'a number',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  array: 'a list',
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `this has to be ${typeNames[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') {
    return `this has to be one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`
  }
  if (issue.code === 'too_big') return `this is too long: at most ${issue.maximum}`
  if (issue.code === 'too_small') return 'this is empty'
  if (issue.code === 'invalid_union') return 'this has to be text, or a mapping of keys to values'
  return issue.message
}

/** The keys that the form allows at this path. */
function knownKeys(form: z.ZodType, path: FormFault['path']): readonly string[] {
  let reached: readonly z.core.$ZodType[] = alternatives(form)
  for (const step of path) reached = reached.flatMap((schema) => inside(schema, step)).flatMap(alternatives)
  return reached.flatMap((schema) => {
    const { def } = (schema as z.core.$ZodTypes)._zod
    return def.type === 'object' ? Object.keys(def.shape) : []
  })
}

function inside(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'object')
    return Object.hasOwn(def.shape, step) ? [def.shape[step]].filter((one) => !!one) : []
  if (def.type === 'record') return [def.valueType]
  if (def.type === 'array') return [def.element]
  return []
}

function alternatives(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'optional' || def.type === 'nullable' || def.type === 'default')
    return alternatives(def.innerType)
  if (def.type === 'union') return def.options.flatMap(alternatives)
  return [schema]
}
