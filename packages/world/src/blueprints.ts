import type { Blueprint, Result } from '@keyholder/core'
import type { Fault } from './fault.ts'

/** Where a world finds the blueprint that it names. */
export interface Blueprints {
  /** The names to suggest for one that is unknown. */
  readonly names: readonly string[]
  /** The blueprint of this name or path; nothing where there is none; the faults of its file where it is wrong. */
  find(nameOrPath: string): Result<Blueprint, readonly Fault[]> | undefined
}
