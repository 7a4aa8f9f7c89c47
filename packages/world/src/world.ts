import type { Blueprint, Bounds, ConnectionStatus } from '@keyholder/core'

/**
 * A world file that was read: every reference in it leads somewhere, and every time is absolute.
 *
 * Things are named by their keys in the file, accounts by their slug. Lists stand in the file's order.
 */
export interface World {
  /** As the file names it: a name under `blueprints/`, or a path. */
  readonly blueprintName: string
  readonly blueprint: Blueprint
  /** The moment at which the questions are asked, where the file sets one. Milliseconds since 1970. */
  readonly now?: number
  readonly accounts: readonly WorldAccount[]
  readonly questions: readonly WorldQuestion[]
}

export interface WorldAccount {
  readonly slug: string
  /** The slug, where the file gives no name. */
  readonly name: string
  readonly status: 'active' | 'suspended'
  readonly organizations: readonly WorldOrganization[]
  readonly roles: readonly WorldRole[]
  /** People whose home this account is. */
  readonly users: readonly WorldUser[]
  /** People whose home is another account. */
  readonly external: readonly WorldExternal[]
  readonly groups: readonly WorldGroup[]
  /** Among them, before all others, the grant of superuser for each user with `superuser: true`. No two are alike. */
  readonly grants: readonly WorldGrant[]
  /** The accounts that this one lets in: at most one connection for each. */
  readonly connections: readonly WorldConnection[]
}

export interface WorldOrganization {
  readonly key: string
  readonly name: string
}

/** A custom role. */
export interface WorldRole {
  readonly key: string
  readonly name: string
  /** In the blueprint's order and without repetition: `ticket.view`, or `ticket.view:own` where only that is held. */
  readonly permissions: readonly string[]
  /** Where given, the role can be granted only on these. */
  readonly organizations?: readonly string[]
}

export interface WorldUser {
  /** Unique in the whole world; an import keeps it as the external id. */
  readonly key: string
  /** `<key>@<slug>.example`, where the file gives none. Unique in the whole world, upper and lower case alike. */
  readonly email: string
  readonly name: string
  readonly status: 'active' | 'suspended'
}

export interface WorldExternal {
  readonly user: string
  readonly status: 'active' | 'suspended'
}

/** Whom a grant is given to, or who is a member of a group. */
export type WorldSubject =
  | { readonly kind: 'user'; readonly key: string }
  | { readonly kind: 'group'; readonly key: string }
  | { readonly kind: 'connection'; readonly guest: string }

export type WorldGroupMember = Exclude<WorldSubject, { kind: 'group' }>

export interface WorldGroup {
  readonly key: string
  readonly name: string
  readonly kind: 'manual' | 'sso'
  readonly members: readonly WorldGroupMember[]
}

export interface WorldGrant extends Bounds {
  readonly to: WorldSubject
  /** The key of a built-in or custom role; left out only for a connection: the maximum role. */
  readonly role?: string
  /** Left out for the whole account. */
  readonly on?: string
}

export interface WorldConnection extends Bounds {
  readonly guest: string
  readonly maximum: string
  readonly delegates: 'everyone' | { readonly group: string }
  readonly status: ConnectionStatus
}

export interface WorldQuestion {
  readonly who: string
  readonly may: string
  readonly account: string
  readonly organization?: string
  /** The user who owns the resource in question. */
  readonly owner?: string
  readonly expect?: boolean
  readonly why?: string
}
