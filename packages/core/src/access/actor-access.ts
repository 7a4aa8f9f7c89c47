import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { intersection, isEmpty, union, difference, type PermissionSet } from '../role/permission-set.ts'
import { heldForms } from '../role/held-forms.ts'
import type { Actor } from './actor.ts'
import type { ScopedPermissions } from './change-refusal.ts'
import type { Directory } from './directory.ts'
import { effective } from './effective.ts'
import type { Stake } from './stake.ts'

/** What somebody may put at stake in one account at one moment; the operator, everything. */
export class ActorAccess {
  readonly #directory: Directory
  readonly #actor: Actor
  readonly #account: AccountId
  readonly #at: number
  readonly #held = new Map<OrganizationId | undefined, PermissionSet>()

  constructor(directory: Directory, actor: Actor, account: AccountId, at: number) {
    this.#directory = directory
    this.#actor = actor
    this.#account = account
    this.#at = at
  }

  /** What of these goes beyond the actor, by scope, the whole account first. */
  beyond(stakes: readonly Stake[]): readonly ScopedPermissions[] {
    if (this.#actor.kind === 'operator') return []

    const { blueprint } = this.#directory
    return Array.from(byScope(stakes), ([organization, permissions]) => ({
      organization,
      beyond: difference(permissions, this.#heldAt(organization)),
    }))
      .filter(({ beyond }) => !isEmpty(beyond))
      .toSorted((a, b) => ((a.organization ?? '') < (b.organization ?? '') ? -1 : 1))
      .map(({ organization, beyond }) => ({
        ...(organization !== undefined && { organization }),
        permissions: heldForms(beyond, blueprint),
      }))
  }

  #heldAt(organization: OrganizationId | undefined): PermissionSet {
    const known = this.#held.get(organization)
    if (known) return known

    const held = this.#lookUp(organization)
    this.#held.set(organization, held)
    return held
  }

  /** In an organization that is only being made, everybody has what they have everywhere. */
  #lookUp(organization: OrganizationId | undefined): PermissionSet {
    const index = this.#directory.account(this.#account)
    const scope =
      organization !== undefined && index?.hasOrganization(organization) ? organization : undefined
    const actor = this.#actor
    if (actor.kind === 'operator') throw new TypeError('An operator is not bounded by permissions')
    if (actor.kind === 'support') return actor.permissions
    if (actor.kind === 'person') return this.#ofUser(actor.user, scope)
    return actor.madeBy === undefined
      ? actor.scopes
      : intersection(actor.scopes, this.#ofUser(actor.madeBy, scope))
  }

  #ofUser(user: UserId, organization: OrganizationId | undefined): PermissionSet {
    return effective(this.#directory, user, this.#account, organization, this.#at)
  }
}

/** Each scope once. */
function byScope(stakes: readonly Stake[]): Map<OrganizationId | undefined, PermissionSet> {
  const scopes = new Map<OrganizationId | undefined, PermissionSet>()
  for (const { organization, permissions } of stakes) {
    const before = scopes.get(organization)
    scopes.set(organization, before ? union(before, permissions) : permissions)
  }
  return scopes
}
