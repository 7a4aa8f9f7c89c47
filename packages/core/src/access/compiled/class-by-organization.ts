/*
 * The class in each of some organizations, as a small hash table in a stretch of words: an organization and its class
 * share a word, and at least a third of the words are free, so that most look-ups end at the first or second one.
 *
 * Where a number does not fit in half a word, which takes an account with more organizations or classes than that,
 * the stretch holds pairs in ascending order instead.
 */

const half = 0xffff
const free = 0xffff_ffff
/** Spreads numbers that follow each other; the golden ratio in 32 bits. */
const spread = 0x9e37_79b1

/** Room of a power of two is a table; room that is odd, pairs. */
const isTable = (room: number) => (room & 1) === 0

/** How many words the classes take. */
export function roomForClasses(inEach: ReadonlyMap<number, number>): number {
  if (inEach.size === 0) return 0
  for (const [organization, number] of inEach) {
    if (organization >= half || number >= half) return inEach.size * 2 + 1
  }
  return 2 ** Math.ceil(Math.log2(inEach.size * 1.5))
}

export function writeClasses(
  words: Uint32Array,
  start: number,
  room: number,
  inEach: ReadonlyMap<number, number>,
): void {
  if (!isTable(room)) {
    const pairs = [...inEach].sort(([a], [b]) => a - b)
    words.set(pairs.flat(), start)
    return
  }
  words.fill(free, start, start + room)
  for (const [organization, number] of inEach) {
    let slot = Math.imul(organization, spread) & (room - 1)
    while (words[start + slot] !== free) slot = (slot + 1) & (room - 1)
    words[start + slot] = (organization << 16) | number
  }
}

/** The class in an organization, or `otherwise` where it is not among them. */
export function findClass(
  words: Uint32Array,
  start: number,
  room: number,
  organization: number,
  otherwise: number,
): number {
  if (room === 0) return otherwise
  if (!isTable(room)) return findPair(words, start, (room - 1) / 2, organization) ?? otherwise

  let slot = Math.imul(organization, spread) & (room - 1)
  for (;;) {
    const word = words[start + slot] as number
    if (word === free) return otherwise
    if (word >>> 16 === organization) return word & half
    slot = (slot + 1) & (room - 1)
  }
}

function findPair(
  words: Uint32Array,
  start: number,
  count: number,
  organization: number,
): number | undefined {
  let low = 0
  let high = count - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = words[start + middle * 2] as number
    if (found === organization) return words[start + middle * 2 + 1]
    if (found < organization) low = middle + 1
    else high = middle - 1
  }
  return undefined
}
