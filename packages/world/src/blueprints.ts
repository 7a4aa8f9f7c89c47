import type { Blueprint, Result } from '@keyholder/core'
import { unknownName } from '@keyholder/contract'
import type { Fault } from './fault.ts'

/** Where a world finds the blueprint that it names. */
export interface Blueprints {
  /** The names to suggest for one that is unknown. */
  readonly names: readonly string[]
  /** The blueprint of this name or path; nothing where there is none; the faults of its file where it is wrong. */
  find(nameOrPath: string): Result<Blueprint, readonly Fault[]> | undefined
}

/** Whether a file is meant, and not the name of a blueprint that comes with Keyholder. */
export function isBlueprintPath(nameOrPath: string): boolean {
  return /[/\\]|\.(ya?ml|json)$/.test(nameOrPath)
}

export function noSuchBlueprint(nameOrPath: string, { names }: Blueprints): string {
  if (isBlueprintPath(nameOrPath)) return `there is no file \`${nameOrPath}\``
  return unknownName('blueprint', nameOrPath, names)
}
