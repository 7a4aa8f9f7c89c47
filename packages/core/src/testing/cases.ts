/**
 * How many random worlds a property is tried in: ten thousand a law, shared by the properties that make it up;
 * mutation testing asks for fewer.
 */
export function cases(properties = 1): { readonly numRuns: number } {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } }
  return { numRuns: Math.ceil(Number(process?.env['KEYHOLDER_CASES'] ?? 10_000) / properties) }
}

/** A property may take long on a slow machine that has other things to do. */
export const patience = { timeout: 180_000 } as const
