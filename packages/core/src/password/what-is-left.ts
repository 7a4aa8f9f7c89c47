import { foldPassword, plainCharacters } from './fold-password.ts'
import { runAt } from './keyboard-runs.ts'
import type { KnownWords } from './known-words.ts'

/** What makes a part of a password easy to guess. */
export type WeakPart = 'listed' | 'context' | 'run' | 'repeat'

/** How much of a password is worth guessing, in characters, and what the rest is made of. */
export interface WhatIsLeft {
  readonly worth: number
  readonly parts: ReadonlySet<WeakPart>
}

/** A part of a password that is worth less than its characters. */
interface Piece {
  readonly part: WeakPart
  readonly length: number
  readonly worth: number
}

/** The cheapest way to make up the first characters, and the weak part at its end. */
interface Reading {
  readonly worth: number
  readonly piece?: Pick<Piece, 'part' | 'length'>
}

/**
 * Reads a password as cheaply as somebody who guesses would.
 *
 * A listed word is worth two characters however long it is, a name, a year or a run of keys one, and what repeats the characters
 * before it nothing. All other characters are worth what they are.
 */
export function whatIsLeft(password: string, listed: KnownWords, context: KnownWords): WhatIsLeft {
  const plain = plainCharacters(password)
  const folded = foldPassword(password)
  const repeats = repeatsIn(plain)
  const readings: Reading[] = [{ worth: 0 }]
  for (let start = 0; start < plain.length; start += 1) {
    const before = readings[start]?.worth ?? start
    improve(readings, start + 1, { worth: before + 1 })
    for (const length of repeats[start] ?? []) {
      improve(readings, start + length, { worth: before, piece: { part: 'repeat', length } })
    }
    for (const piece of piecesAt(plain, folded, start, { listed, context })) {
      improve(readings, start + piece.length, { worth: before + piece.worth, piece })
    }
  }
  return { worth: readings[plain.length]?.worth ?? 0, parts: partsOf(readings, plain.length) }
}

function improve(readings: Reading[], end: number, reading: Reading): void {
  const known = readings[end]
  if (known === undefined || reading.worth < known.worth) readings[end] = reading
}

function partsOf(readings: readonly Reading[], length: number): ReadonlySet<WeakPart> {
  const parts = new Set<WeakPart>()
  for (let end = length; end > 0; end -= readings[end]?.piece?.length ?? 1) {
    const piece = readings[end]?.piece
    if (piece) parts.add(piece.part)
  }
  return parts
}

type Words = Readonly<Record<'listed' | 'context', KnownWords>>

function* piecesAt(
  plain: readonly string[],
  folded: readonly string[],
  start: number,
  words: Words,
): Generator<Piece> {
  const run = runAt(plain, start)
  for (let length = 3; length <= run; length += 1) yield { part: 'run', length, worth: 1 }
  if (/^(?:19|20)\d\d$/.test(plain.slice(start, start + 4).join(''))) {
    yield { part: 'context', length: 4, worth: 1 }
  }
  yield* wordsAt(folded, start, words.context, { part: 'context', worth: 1 })
  yield* wordsAt(folded, start, words.listed, { part: 'listed', worth: 2 })
}

function* wordsAt(
  folded: readonly string[],
  start: number,
  words: KnownWords,
  kind: { readonly part: WeakPart; readonly worth: number },
): Generator<Piece> {
  const longest = Math.min(words.longest, folded.length - start)
  let word = ''
  for (let length = 1; length <= longest; length += 1) {
    word += folded[start + length - 1]
    if (words.has(word)) yield { ...kind, length }
  }
}

/** For each place, the lengths at which what follows is what stands just before. */
function repeatsIn(plain: readonly string[]): readonly (readonly number[])[] {
  const lengths: number[][] = plain.map(() => [])
  for (let length = 1; length <= plain.length / 2; length += 1) {
    let same = 0
    for (let at = plain.length - 1; at >= length; at -= 1) {
      same = plain[at] === plain[at - length] ? same + 1 : 0
      if (same >= length) lengths[at]?.push(length)
    }
  }
  return lengths
}
