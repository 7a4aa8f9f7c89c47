import type { Blueprint } from '../blueprint/blueprint.ts'
import { difference, intersection, type PermissionSet } from '../role/permission-set.ts'

/** The two ceilings over what a connection was granted. */
export interface Ceiling {
  readonly maximum: PermissionSet
  readonly standing: PermissionSet
}

/**
 * What one grant carries: the role's permissions; without those of level `account` where it is over one
 * organization; through a connection, the lesser of it and both ceilings, and nothing guarded.
 */
export function carried(
  { accountLevel, guarded }: Pick<Blueprint, 'accountLevel' | 'guarded'>,
  granted: PermissionSet,
  isOverAccount: boolean,
  ceiling: Ceiling | undefined,
): PermissionSet {
  const inScope = isOverAccount ? granted : difference(granted, accountLevel)
  if (!ceiling) return inScope
  return difference(intersection(intersection(inScope, ceiling.maximum), ceiling.standing), guarded)
}
