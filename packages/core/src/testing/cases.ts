/** How many random cases each property is tried with; mutation testing asks for fewer. */
export function cases(): { readonly numRuns: number } {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } }
  return { numRuns: Number(process?.env['KEYHOLDER_CASES'] ?? 10_000) }
}

/** A property may take long on a slow machine that has other things to do. */
export const patience = { timeout: 180_000 } as const
