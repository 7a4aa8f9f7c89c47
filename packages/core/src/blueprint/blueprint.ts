import type { BlueprintFile } from './blueprint-file.ts'
import type { RoleId } from '../id.ts'
import type { PermissionSet } from '../role/permission-set.ts'

export type Level = 'organization' | 'account'

/** One thing that may be done, as the blueprint declares it. */
export interface Permission {
  readonly key: string
  readonly resource: string
  readonly action: string
  readonly label: string
  readonly level: Level
  /** May be held in the limited form `key:own`. */
  readonly own: boolean
  /** Never exercised through a connection. */
  readonly guarded: boolean
  /** Shows or changes a secret, as a password: never open to the operator's support. */
  readonly secret: boolean
  readonly bit: number
  /** The bit of `key:own`; the same as `bit` where there is no such form. */
  readonly ownBit: number
}

export interface Resource {
  readonly key: string
  readonly label: string
  readonly level: Level
  /** Whether it is one of Keyholder's own resources, which every blueprint has. */
  readonly builtIn: boolean
}

export interface BuiltInRole {
  readonly id: RoleId
  readonly key: string
  readonly name: string
  readonly permissions: PermissionSet
  /** A role that does not connect adds nothing to standing. */
  readonly connects: boolean
}

export interface Terms {
  readonly account: string
  readonly organization: string
  readonly customRole: string
}

/** A blueprint with every pattern resolved. */
export interface Blueprint {
  /** As it was written down. */
  readonly file: BlueprintFile
  readonly name: string
  readonly terms: Terms
  readonly resources: readonly Resource[]
  readonly permissions: readonly Permission[]
  readonly permission: ReadonlyMap<string, Permission>
  /** Bits by held form: `ticket.view` and `ticket.view:own`. */
  readonly bits: ReadonlyMap<string, number>
  /** How many bits a permission set of this blueprint has. */
  readonly size: number
  readonly roles: readonly BuiltInRole[]
  readonly role: ReadonlyMap<string, BuiltInRole>
  readonly guarded: PermissionSet
  readonly accountLevel: PermissionSet
}
