import type { Slot } from '@keyholder/contract'
import type { Arena } from './arena.ts'
import { branches, leavesOf, resolved, type Schema } from './json-schema.ts'
import { components, type Operation } from './operations.ts'

export interface SampledRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** Or a function that makes it when it is sent, where it is good for a moment only. */
  readonly body: unknown
}

/** A request that names something of the account's own wherever something can be named, and no more than it has to. */
export function sampleRequest({ parameters, body }: Operation, arena: Arena): SampledRequest {
  const named = (part: string) =>
    parameters.filter(
      (one) => one.in === part && (part === 'path' || one.required || namesSomething(one.schema)),
    )
  return {
    params: Object.fromEntries(named('path').map(({ name }) => [name, arena.names[name as Slot][0]])),
    query: Object.fromEntries(
      named('query').map(({ name, schema }) => [name, String(sample(schema, name, arena))]),
    ),
    body: body && sample(body, '', arena),
  }
}

function namesSomething(schema: Schema): boolean {
  return leavesOf(schema, components).some(({ names }) => names !== undefined)
}

function sample(schema: Schema, name: string, arena: Arena): unknown {
  const here = resolved(schema, components)
  const names = here['x-names'] as Slot | undefined
  if (names !== undefined) return arena.names[names][0]
  if (here.const !== undefined) return here.const
  if (here.enum) return here.enum[0]
  const [branch] = branches(here).toSorted((a, b) => Number(namesSomething(b)) - Number(namesSomething(a)))
  if (branch) return sample(branch, name, arena)

  switch (here.type) {
    case 'object':
      return sampleObject(here, arena)
    case 'array':
      return sampleList(here, name, arena)
    case 'integer':
    case 'number':
      return Math.max(here.minimum ?? 1, 1)
    case 'boolean':
      return true
    case 'string':
      return sampleText(here, name, arena)
    case undefined:
    default:
      return null
  }
}

function sampleObject({ properties = {}, required = [] }: Schema, arena: Arena): Record<string, unknown> {
  const wanted = Object.entries(properties).filter(
    ([name, property]) => required.length === 0 || required.includes(name) || namesSomething(property),
  )
  return Object.fromEntries(wanted.map(([name, property]) => [name, sample(property, name, arena)]))
}

function sampleList({ items = {}, minItems = 0 }: Schema, name: string, arena: Arena): unknown[] {
  return minItems > 0 || namesSomething(items) || name === 'permissions' || name === 'scopes'
    ? [sample(items, name, arena)]
    : []
}

function sampleText({ format }: Schema, name: string, { slug }: Arena): string {
  if (format === 'date-time') return '2099-01-01T00:00:00Z'
  if (format === 'date') return '2099-01-01'
  if (name.endsWith('email') || format === 'email') return `new@${slug}.example`
  if (/^(permissions?|scopes)$/.test(name)) return 'asset.view'
  return 'fresh'
}

/** Puts what a test wants to say in place of what was sampled. */
export function overlay(sampled: SampledRequest, wanted: Partial<SampledRequest>): SampledRequest {
  return {
    params: { ...sampled.params, ...wanted.params },
    query: wanted.query ?? sampled.query,
    body: 'body' in wanted ? wanted.body : sampled.body,
  }
}
