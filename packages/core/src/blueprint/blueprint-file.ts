import type { Level } from './blueprint.ts'

/** A blueprint as it is written down, before its patterns are resolved. */
export interface BlueprintFile {
  readonly name: string
  readonly terms?:
    | {
        readonly account?: string | undefined
        readonly organization?: string | undefined
        readonly custom_role?: string | undefined
      }
    | undefined
  readonly resources: Readonly<Record<string, ResourceInFile>>
  readonly roles: Readonly<Record<string, RoleInFile>>
}

export interface ResourceInFile {
  readonly label?: string | undefined
  readonly level?: Level | undefined
  readonly actions: Readonly<Record<string, ActionInFile>>
}

export type ActionInFile =
  | string
  | {
      readonly label: string
      readonly own?: boolean | undefined
      readonly guarded?: boolean | undefined
      readonly secret?: boolean | undefined
      readonly level?: Level | undefined
    }

export interface RoleInFile {
  readonly name: string
  readonly permissions: readonly string[]
  readonly connects?: boolean | undefined
}
