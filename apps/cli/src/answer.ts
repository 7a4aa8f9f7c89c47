import type { WorldQuestion } from '@keyholder/world'

/** The answer to one question of a world, wherever it comes from. */
export interface Answer {
  readonly question: WorldQuestion
  readonly allowed: boolean
  /** Why, in lines for people. */
  readonly because: readonly string[]
  /** What it should have been, where that is known. */
  readonly expected?: boolean | undefined
}

export function isAsExpected({ allowed, expected }: Answer): boolean {
  return expected === undefined || expected === allowed
}

/** Where a question is asked, as a world file writes it. */
export function placeOf({ account, organization }: WorldQuestion): string {
  return organization === undefined ? account : `${account}/${organization}`
}
