/**
 * How many random worlds a property is tried in: ten thousand a law, shared by the properties that make it up.
 * The same ones in every run, unless another seed is named; mutation testing asks for fewer.
 */
export function cases(properties = 1): { readonly numRuns: number; readonly seed?: number } {
  const seed = setting('KEYHOLDER_SEED')
  return {
    numRuns: Math.ceil((setting('KEYHOLDER_CASES') ?? 10_000) / properties),
    ...(seed !== undefined && { seed }),
  }
}

function setting(name: string): number | undefined {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } }
  const value = process?.env[name]
  return value === undefined ? undefined : Number(value)
}

/** A property may take long on a slow machine that has other things to do. */
export const patience = { timeout: 600_000 } as const
