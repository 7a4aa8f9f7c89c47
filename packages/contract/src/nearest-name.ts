/** The known name that a misspelt one most likely means, where one is near enough. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const furthest = Math.max(1, Math.floor(name.length / 3))
  let nearest: { readonly name: string; readonly distance: number } | undefined
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > furthest) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= furthest && distance < (nearest?.distance ?? Infinity))
      nearest = { name: candidate, distance }
  }
  return nearest?.name
}

/** ``unknown role `edtor`; did you mean `editor`?``, or the names there are where none is near. */
export function unknownName(what: string, name: string, known: Iterable<string>): string {
  const names = [...known]
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name
  const nearest = name.length > 80 ? undefined : nearestName(name, names)
  if (nearest !== undefined) return `unknown ${what} \`${shown}\`; did you mean \`${nearest}\`?`
  if (names.length === 0) return `unknown ${what} \`${shown}\`; there is none here`
  if (names.length > 8) return `unknown ${what} \`${shown}\``
  return `unknown ${what} \`${shown}\`; known are ${names.map((one) => `\`${one}\``).join(', ')}`
}

/** How many letters have to be added, dropped, changed or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : Infinity
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, changed, swapped))
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
