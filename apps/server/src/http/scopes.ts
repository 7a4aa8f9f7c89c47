import { setOf, type Blueprint, type PermissionSet } from '@keyholder/core'

/**
 * The permissions that a key's scopes name; a scope that the blueprint no longer knows gives nothing.
 *
 * INVARIANT: closed, as every permission set: the whole form of a permission brings its limited form.
 */
export function scopeSet(blueprint: Blueprint, scopes: readonly string[]): PermissionSet {
  const bits = scopes.flatMap((scope) => {
    const bit = blueprint.bits.get(scope)
    if (bit === undefined) return []
    return [bit, blueprint.permission.get(scope)?.ownBit ?? bit]
  })
  return setOf(blueprint.size, bits)
}
