import { heldForms, type Blueprint, type PermissionSet } from '@keyholder/core'
import type { SeenExplanation } from './within-sight.ts'

/** Facts that are moments; on the wire they are written as such. */
const moments = new Set(['startsAt', 'endsAt', 'until'])

/** An explanation as the contract writes it: snake case, moments as RFC 3339, permissions by name. */
export function explanationOnTheWire(
  blueprint: Blueprint,
  { allowed, because, limits, nearMisses, smallestChange, unknown }: SeenExplanation,
  revision: string | undefined,
): object {
  const said = { allowed, because, limits, nearMisses, smallestChange, unknown, revision }
  return onTheWire(blueprint, said) as object
}

/** Facts of the core as the contract writes them. */
export function onTheWire(blueprint: Blueprint, value: unknown, name?: string): unknown {
  if (typeof value === 'number' && name !== undefined && moments.has(name))
    return new Date(value).toISOString()
  if (value instanceof Uint32Array) return heldForms(value as PermissionSet, blueprint)
  if (Array.isArray(value)) return value.map((item) => onTheWire(blueprint, item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, fact]) => fact !== undefined)
      .map(([key, fact]) => [snakeCase(key), onTheWire(blueprint, fact, key)]),
  )
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
