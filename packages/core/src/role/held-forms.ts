import type { Blueprint } from '../blueprint/blueprint.ts'
import { refuse, succeed, type Result } from '../result.ts'
import { has, setOf, type PermissionSet } from './permission-set.ts'

/** A set as the forms in which its permissions are held: `ticket.view`, or `ticket.view:own` where only that is. */
export function heldForms(set: PermissionSet, blueprint: Blueprint): readonly string[] {
  return blueprint.permissions.flatMap(({ key, bit, ownBit }) => {
    if (has(set, bit)) return [key]
    return has(set, ownBit) ? [`${key}:own`] : []
  })
}

/** The closed set of these forms; refused with those that the blueprint does not know. */
export function setOfForms(
  forms: readonly string[],
  blueprint: Blueprint,
): Result<PermissionSet, { readonly code: 'permission_unknown'; readonly forms: readonly string[] }> {
  const unknown = forms.filter((form) => !blueprint.bits.has(form))
  if (unknown.length > 0) return refuse({ code: 'permission_unknown', forms: unknown })

  const bits = forms.flatMap((form) => {
    const bit = blueprint.bits.get(form) ?? 0
    return [bit, blueprint.permission.get(form)?.ownBit ?? bit]
  })
  return succeed(setOf(blueprint.size, bits))
}
