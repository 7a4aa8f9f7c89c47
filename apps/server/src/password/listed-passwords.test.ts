import { judgePassword } from '@keyholder/core'
import { dictionary } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listedPasswords } from './listed-passwords.ts'

const listed = listedPasswords()
const words = dictionary['passwords-common'].filter((word) => word.length >= 4)
const leet: Readonly<Record<string, string>> = { a: '@', e: '3', i: '1', l: '1', o: '0', s: '$', t: '7' }
const paddings = ['!', '1', '.', '*', '123', '1234', '2024', '!!', '__', '0', 'abc'] as const

/** A listed word as people dress it up: letters swapped for signs and cases, something that repeats around it. */
const dressed = fc
  .record({
    word: fc.constantFrom(...words),
    upper: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    swapped: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    before: fc.constantFrom('', ...paddings),
    after: fc.constantFrom(...paddings),
    backwards: fc.boolean(),
  })
  .map(({ word, upper, swapped, before, after, backwards }) => {
    const letters = Array.from(word, (letter, at) => {
      const cased = upper[at] ? letter.toUpperCase() : letter
      return (swapped[at] && leet[letter]) || cased
    })
    const whole = (backwards ? letters.toReversed() : letters).join('')
    return `${before}${whole}${after.repeat(Math.ceil(15 / after.length))}`
  })

describe('a password from the list', () => {
  test('is known', () => {
    expect(words.length).toBeGreaterThan(49_000)
    expect(listed.has('password')).toBe(true)
  })

  test('is refused in every dress, however it is padded', () => {
    fc.assert(
      fc.property(dressed, (typed) => {
        expect(judgePassword(typed, { use: 'alone', listed, context: [] }).ok).toBe(false)
        expect(judgePassword(typed, { use: 'with_mfa', listed, context: [] }).ok).toBe(false)
      }),
      { numRuns: 2_000, seed: 40 },
    )
  })

  test('is refused when it is long enough by being said twice', () => {
    const twice = words.filter((word) => word.length >= 8).map((word) => `${word}${word}`)
    const taken = twice.filter((typed) => judgePassword(typed, { use: 'alone', listed, context: [] }).ok)

    expect(taken).toEqual([])
  })

  test('does not spoil a passphrase of several words', () => {
    for (const typed of ['correct horse battery staple', 'purple window giraffe trombone']) {
      expect(judgePassword(typed, { use: 'alone', listed, context: [] }).ok).toBe(true)
    }
  })
})
