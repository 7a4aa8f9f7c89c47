import type { AccountId, OrganizationId, UserId } from '../id.ts'
import type { PermissionSet } from '../role/permission-set.ts'
import type { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import { effective } from './effective.ts'
import { accessLines, type AccessLine } from './access-lines.ts'
import { knownRole, type RoleLabel } from './role-label.ts'
import { roleRef } from './paths.ts'

/** What a person may do in one place, and what each grant has to do with it. */
export interface PlaceAccess {
  /** Left out for everywhere in the account. */
  readonly organization?: OrganizationId | undefined
  readonly permissions: PermissionSet
  readonly label: RoleLabel
  /** Given to the person. */
  readonly user: readonly AccessLine[]
  /** Given to groups that the person was put into. */
  readonly group: readonly AccessLine[]
  /** Given to groups that the person's identity provider fills. */
  readonly ssoGroup: readonly AccessLine[]
  /** Given to connections with the person's home account. */
  readonly connection: readonly AccessLine[]
}

/** A person's whole access in an account. */
export interface EffectiveAccess {
  readonly everywhere: PlaceAccess
  /** Those that were asked for; else where some grant is over one, and anywhere else it is as everywhere. */
  readonly organizations: readonly PlaceAccess[]
}

/**
 * What a person has in an account and where it comes from, with the grants that do not count and why.
 *
 * `wanted` are the organizations to look at, for somebody who may see no others, or wants no others.
 */
export function effectiveAccess(
  directory: Directory,
  user: UserId,
  account: AccountId,
  at: number,
  wanted?: readonly OrganizationId[],
): EffectiveAccess | undefined {
  const index = directory.account(account)
  if (!index) return undefined

  const lines = accessLines(directory, index, user, at)
  const place = (organization: OrganizationId | undefined) =>
    placeAccess(index, effective(directory, user, account, organization, at), lines, organization)
  const organizations =
    wanted ?? [...new Set(lines.flatMap(({ grant }) => grant.organization ?? []))].toSorted()
  return { everywhere: place(undefined), organizations: organizations.map(place) }
}

function placeAccess(
  index: AccountIndex,
  permissions: PermissionSet,
  all: readonly AccessLine[],
  organization: OrganizationId | undefined,
): PlaceAccess {
  const lines = all.filter(
    ({ grant }) => grant.organization === undefined || grant.organization === organization,
  )
  return {
    organization,
    permissions,
    label: labelOf(index, permissions, lines, organization === undefined),
    user: lines.filter(({ through, group }) => !through && !group),
    group: lines.filter(({ through, group }) => !through && group?.kind === 'manual'),
    ssoGroup: lines.filter(({ through, group }) => !through && group?.kind === 'sso'),
    connection: lines.filter(({ through }) => through),
  }
}

/** One role's name where the whole comes to one; else the names of all that adds to it. */
function labelOf(
  index: AccountIndex,
  permissions: PermissionSet,
  lines: readonly AccessLine[],
  isOverAccount: boolean,
): RoleLabel {
  const counted = lines.filter(({ obstacles }) => obstacles.length === 0)
  const isThrough = counted.every(({ through }) => through)
  const granted = counted.map(({ grant }) => index.role(grant.role.id))
  const known = knownRole(index.rows.blueprint, [...granted, ...index.rows.roles], permissions, {
    isOverAccount,
    isThrough,
  })
  if (known) return { roles: [roleRef(known)], limitedBy: [] }

  const labels = counted.map(({ label }) => label)
  return {
    roles: distinct(labels.flatMap(({ roles }) => roles)),
    limitedBy: distinct(labels.flatMap(({ limitedBy }) => limitedBy)),
  }
}

function distinct<Ref extends { readonly id: string }>(refs: readonly Ref[]): Ref[] {
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()]
}
