import { setOfForms, type Blueprint, type PermissionSet } from '@keyholder/core'
import type { DescribedRole } from '@keyholder/storage'

/** A stored role's permissions as a set; what the blueprint no longer knows is not in it. */
export function setOfRole({ permissions }: DescribedRole, blueprint: Blueprint): PermissionSet {
  const known = setOfForms(
    permissions.filter((form) => blueprint.bits.has(form)),
    blueprint,
  )
  if (!known.ok) throw new Error('only known forms were asked for')
  return known.value
}
