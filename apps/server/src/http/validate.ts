import type { z } from 'zod'
import { refuse, succeed, type Result } from '@keyholder/core'

export interface FieldFault {
  readonly in: 'body' | 'query' | 'path' | 'header'
  readonly pointer: string
  readonly detail: string
}

export interface Invalid {
  readonly code: 'request_invalid'
  readonly errors: readonly FieldFault[]
}

/** A part of a request as its schema reads it, or every fault in it with the place. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  part: FieldFault['in'],
  value: unknown,
): Result<z.output<Schema>, Invalid> {
  const read = schema.safeParse(value)
  if (read.success) return succeed(read.data)
  return refuse({
    code: 'request_invalid',
    errors: read.error.issues.flatMap((issue) => faultsOf(issue, part)),
  })
}

function faultsOf(issue: z.core.$ZodIssue, part: FieldFault['in']): FieldFault[] {
  const pointer = pointerTo(issue.path)
  if (issue.code !== 'unrecognized_keys') return [{ in: part, pointer, detail: issue.message }]
  return issue.keys.map((key) => ({
    in: part,
    pointer: `${pointer}${pointerTo([key])}`,
    detail: 'Unknown field',
  }))
}

/** A JSON pointer (RFC 6901), cut short where the field's name is itself an attack. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .toWellFormed()
}
