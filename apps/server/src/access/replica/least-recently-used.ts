interface Holding {
  readonly usedAt: number
  readonly bytes: number
}

/** Which to let go, the longest unused first, until the others fit into so many bytes; one always stays. */
export function leastRecentlyUsed<Held extends Holding>(
  held: Iterable<Held>,
  bytes: number,
): readonly Held[] {
  const byAge = [...held].toSorted((a, b) => a.usedAt - b.usedAt)
  let taken = byAge.reduce((sum, one) => sum + one.bytes, 0)
  const leaving: Held[] = []
  for (const one of byAge.slice(0, -1)) {
    if (taken <= bytes) break
    leaving.push(one)
    taken -= one.bytes
  }
  return leaving
}
