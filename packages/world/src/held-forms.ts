import { has, setOf, type Blueprint, type PermissionSet } from '@keyholder/core'

/** What a set holds, in the blueprint's order: `ticket.view`, or `ticket.view:own` where only that is held. */
export function heldForms(blueprint: Blueprint, set: PermissionSet): string[] {
  return blueprint.permissions.flatMap(({ key, own, bit, ownBit }) => {
    if (has(set, bit)) return [key]
    return own && has(set, ownBit) ? [`${key}:own`] : []
  })
}

/** The set that these forms make, closed: whoever holds a permission holds it for their own too. */
export function setOfForms(blueprint: Blueprint, forms: readonly string[]): PermissionSet {
  const bits = forms.flatMap((form) => {
    const permission = blueprint.permission.get(form)
    return permission ? [permission.bit, permission.ownBit] : [blueprint.bits.get(form)]
  })
  return setOf(
    blueprint.size,
    bits.filter((bit) => bit !== undefined),
  )
}
