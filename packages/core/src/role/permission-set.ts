declare const permissionSet: unique symbol

/**
 * A set of permissions as bits, in the order of the blueprint that made it.
 *
 * INVARIANT: closed — whoever holds a permission in any form holds it for their own too, so union,
 * intersection and comparison need to know nothing about `own`.
 */
export type PermissionSet = Uint32Array & { readonly [permissionSet]: true }

export function emptySet(size: number): PermissionSet {
  return new Uint32Array((size + 31) >>> 5) as PermissionSet
}

export function has(set: PermissionSet, bit: number): boolean {
  return ((set[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
}

export function setOf(size: number, bits: Iterable<number>): PermissionSet {
  const set = emptySet(size)
  for (const bit of bits) set[bit >>> 5] = (set[bit >>> 5] ?? 0) | (1 << (bit & 31))
  return set
}

export function union(a: PermissionSet, b: PermissionSet): PermissionSet {
  return a.map((word, i) => word | (b[i] ?? 0)) as PermissionSet
}

export function intersection(a: PermissionSet, b: PermissionSet): PermissionSet {
  return a.map((word, i) => word & (b[i] ?? 0)) as PermissionSet
}

export function difference(a: PermissionSet, b: PermissionSet): PermissionSet {
  return a.map((word, i) => word & ~(b[i] ?? 0)) as PermissionSet
}

/** Whether everything in `a` is also in `b`: the only way in which roles are compared. */
export function isSubset(a: PermissionSet, b: PermissionSet): boolean {
  return a.every((word, i) => (word & ~(b[i] ?? 0)) === 0)
}

export function isEmpty(set: PermissionSet): boolean {
  return set.every((word) => word === 0)
}

export function equals(a: PermissionSet, b: PermissionSet): boolean {
  return a.every((word, i) => word === b[i])
}
