import { readValues, type Attributes } from './attributes.ts'

/**
 * Reads the claims of OpenID Connect as attributes: a text is one value, a list of texts is several.
 *
 * A claim of any other type is left out, and so is a claim of which the provider says that it stands elsewhere
 * (`_claim_names`, or the `hasgroups` of a person with too many groups to list): it is never taken for complete.
 */
export function readClaims(claims: Readonly<Record<string, unknown>>): Attributes {
  const elsewhere = claimsElsewhere(claims)
  const attributes = new Map<string, readonly string[]>()

  for (const [name, claim] of Object.entries(claims)) {
    const values = elsewhere(name) ? undefined : valuesOf(claim)
    if (values) attributes.set(name, values)
  }
  return attributes
}

function valuesOf(claim: unknown): readonly string[] | undefined {
  if (typeof claim === 'string') return readValues([claim])
  return Array.isArray(claim) ? readValues(claim) : undefined
}

function claimsElsewhere(claims: Readonly<Record<string, unknown>>): (name: string) => boolean {
  const names = claims['_claim_names']
  if (names !== undefined && !isObject(names)) return () => true

  const named = new Set(Object.keys(names ?? {}))
  if (claims['hasgroups'] !== undefined && claims['hasgroups'] !== false) named.add('groups')
  return (name) => named.has(name)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
