import { describe, expect, test } from 'vitest'
import { dateIn } from './date-in.ts'
import { fill } from './fill.ts'
import { plural } from './plural.ts'
import { textsIn } from './texts.ts'

describe('a text with slots', () => {
  test('takes values as they are, braces and dollar signs too', () => {
    expect(fill('{a} and {b}', { a: '{b} $& {{7*7}}', b: '$1' })).toBe('{b} $& {{7*7}} and $1')
  })

  test('is not said with a slot left open', () => {
    expect(() => fill('{a} and {b}', { a: 'one' } as never)).toThrow('has no value for "b"')
  })
})

test.each([
  ['en', 1, '1 recovery code is left.'],
  ['en', 2, '2 recovery codes are left.'],
  ['de', 1, 'Es ist noch 1 Wiederherstellungscode übrig.'],
  ['fr', 0, 'Il reste 0 code de récupération.'],
  ['fr', 2, 'Il reste 2 codes de récupération.'],
  ['es', 1, 'Queda 1 código de recuperación.'],
  ['pt-BR', 3, 'Restam 3 códigos de recuperação.'],
  ['ja', 1, '残りのリカバリーコードは 1 個です。'],
] as const)('a number in %s has the form that goes with it: %i', (language, count, expected) => {
  expect(plural(language, textsIn(language).recoveryCodeUsed.remaining, count)).toBe(expected)
})

test.each([
  ['en', 'November 28, 2026 at 09:05 UTC'],
  ['de', '28. November 2026 um 09:05 UTC'],
  ['fr', '28 novembre 2026 à 09:05 UTC'],
  ['es', '28 de noviembre de 2026, 09:05 UTC'],
  ['pt-BR', '28 de novembro de 2026 às 09:05 UTC'],
  ['ja', '2026年11月28日 09:05 UTC'],
] as const)('a moment in %s is written as there, with its zone', (language, expected) => {
  const parts = (text: string) =>
    text.match(/[\p{L}\d]+/gu)?.filter((part) => !/^(at|um|à|a|las|às)$/.test(part))

  expect(parts(dateIn(language, '2026-11-28T09:05:00.000Z'))).toEqual(parts(expected))
})
