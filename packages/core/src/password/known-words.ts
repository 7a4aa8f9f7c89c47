import { foldPassword } from './fold-password.ts'

/** Words that count for next to nothing in a password, in folded form. */
export interface KnownWords {
  has(folded: string): boolean
  /** In characters. */
  readonly longest: number
}

/** Shorter words are in every honest password. */
const shortestWord = 4

/** Folds a list of words for looking up, backwards too. */
export function knownWords(words: Iterable<string>, shortest: number = shortestWord): KnownWords {
  const folded = new Set<string>()
  let longest = 0
  for (const word of words) {
    const letters = foldPassword(word.normalize('NFKC'))
    if (letters.length < shortest) continue
    longest = Math.max(longest, letters.length)
    folded.add(letters.join(''))
    folded.add(letters.toReversed().join(''))
  }
  return { has: (text) => folded.has(text), longest }
}
