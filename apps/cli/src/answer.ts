import type { WorldQuestion } from '@keyholder/world'

/** The answer to one question of a world, wherever it comes from. All reasons are lines for people. */
export interface Answer {
  readonly question: WorldQuestion
  readonly allowed: boolean
  readonly because: readonly string[]
  /** What it should have been, where that is known. */
  readonly expected?: boolean | undefined
  /** Where it was asked for. */
  readonly explanation?: {
    /** What connections were granted and their ceilings took off. */
    readonly limits: readonly string[]
    /** Grants that would have allowed it but for something. */
    readonly near_misses: readonly string[]
    /** The smallest change that turns the answer round. */
    readonly smallest_change: readonly string[]
  }
}

export function isAsExpected({ allowed, expected }: Answer): boolean {
  return expected === undefined || expected === allowed
}

/** Where a question is asked, as a world file writes it. */
export function placeOf({ account, organization }: WorldQuestion): string {
  return organization === undefined ? account : `${account}/${organization}`
}
