import { knownWords, type KnownWords } from './known-words.ts'

/** Names nearer to the person than any list: their own, their address, their account, the product. */
export type PasswordContext = readonly string[]

const shortestContextWord = 3

/** Each name whole, without what divides it, and each part of it. */
export function contextWords(context: PasswordContext): KnownWords {
  const words = context.flatMap((name) => {
    const parts = name
      .normalize('NFKC')
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
    return [name, parts.join(''), ...parts]
  })
  return knownWords(words, shortestContextWord)
}
