import type { IdSlot } from './operations.ts'
import type { SampledRequest } from './sample-request.ts'

/** Whether a request says anything at this place. */
export function says(request: SampledRequest, slot: IdSlot): boolean {
  if (slot.in === 'header') return true
  if (slot.in === 'body') return valuesAt(request.body, steps(slot)).length > 0
  return Object.hasOwn(slot.in === 'path' ? request.params : request.query, slot.at)
}

/**
 * The requests in which this place names something else.
 *
 * A list keeps what it names and gets one element more, so that a part of it could be carried out.
 */
export function substituted(request: SampledRequest, slot: IdSlot, name: string): readonly SampledRequest[] {
  switch (slot.in) {
    case 'header':
      return [request]
    case 'path':
      return [{ ...request, params: { ...request.params, [slot.at]: name } }]
    case 'query': {
      const both = `${request.query[slot.at]},${name}`
      return [name, both].map((value) => ({ ...request, query: { ...request.query, [slot.at]: value } }))
    }
    case 'body':
      return [{ ...request, body: put(request.body, steps(slot), name) }]
  }
}

function steps({ at }: IdSlot): readonly string[] {
  return at.split('/').slice(1)
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (step === undefined) return value === undefined || value === null ? [] : [value]
  if (step === '[]') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : []
  return isRecord(value) ? valuesAt(value[step], rest) : []
}

function put(value: unknown, [step, ...rest]: readonly string[], name: string): unknown {
  if (step === undefined) return name
  if (step === '[]') {
    const items = value as readonly unknown[]
    return [...items, put(items[0], rest, name)]
  }
  const record = value as Readonly<Record<string, unknown>>
  return { ...record, [step]: put(record[step], rest, name) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
