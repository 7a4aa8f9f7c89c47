import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgePassword, passwordSentence, type PasswordFault, type PasswordUse } from './judge-password.ts'
import { knownWords } from './known-words.ts'

const listed = knownWords([
  'password',
  'letmein',
  'dragon',
  'monkey',
  'iloveyou',
  'correct',
  'horse',
  'battery',
])
const context = ['Globex Industries', 'globex', 'Keyholder', 'Priya Raman', 'priya.raman@globex.example']

function judge(typed: string, use: PasswordUse = 'alone') {
  const result = judgePassword(typed, { use, listed, context })
  return result.ok ? 'taken' : result.refusal.faults
}

describe('a new password', () => {
  test.each([
    'a quiet walk by the river',
    'correct horse battery staple lamp',
    'xk2!vQ9_rT4-mW7',
    'ぱすわーどはながいほうがよいとおもう',
    '                 spaces count too',
    'x'.repeat(3) + 'Tz8?uNw4#eKj6!oBq',
  ])('is taken where nobody would expect it: %s', (typed) => {
    expect(judge(typed)).toBe('taken')
  })

  test.each<readonly [string, PasswordFault]>([
    ['passwordpassword1', 'password_listed'],
    ['password!!!!!!!!!', 'password_listed'],
    ['P@ssw0rdP@ssw0rd', 'password_listed'],
    ['drowssapdrowssap', 'password_listed'],
    ['monkeydragonletmein', 'password_listed'],
    ['Letmein123456789', 'password_listed'],
    ['ＰＡＳＳＷＯＲＤ１２３４５６７', 'password_listed'],
    ['globexglobex2024', 'password_about_you'],
    ['Priya.Raman.2024', 'password_about_you'],
    ['G1ob3x-Industr1es', 'password_about_you'],
    ['keyholderkeyholder', 'password_about_you'],
    ['qwertyuiopasdfgh', 'password_keyboard'],
    ['1qaz2wsx3edc4rfv', 'password_keyboard'],
    ['zyxwvutsrqponmlkj', 'password_keyboard'],
    ['aaaaaaaaaaaaaaaaaaaa', 'password_repeats'],
    ['x7?x7?x7?x7?x7?x7?', 'password_repeats'],
  ])('is refused where everybody would try it: %s', (typed, fault) => {
    expect(judge(typed)).toContain(fault)
  })

  test('needs fifteen characters where it stands alone, and eight beside a second factor', () => {
    expect(judge('tQ4?mZ8_kV2!pX')).toEqual(['password_too_short'])
    expect(judge('tQ4?mZ8_kV2!pXy')).toBe('taken')
    expect(judge('tQ4?mZ8', 'with_mfa')).toEqual(['password_too_short'])
    expect(judge('tQ4?mZ8_', 'with_mfa')).toBe('taken')
    expect(judge('monkey12', 'with_mfa')).toEqual(['password_listed'])
  })

  test('may be 256 characters long, and no longer', () => {
    const long = Array.from({ length: 256 }, (_, at) => String.fromCodePoint(0x4e00 + at * 7)).join('')

    expect(judge(long)).toBe('taken')
    expect(judge(`${long}一`)).toEqual(['password_too_long'])
    expect(judge('🐎'.repeat(257))).toEqual(['password_too_long'])
    expect(judge('a'.repeat(1_000_000))).toEqual(['password_too_long'])
  })

  test('is counted after normalising, so that a sign which unfolds into many is many', () => {
    expect(judge('ﷺ'.repeat(15))).toEqual(['password_too_long'])
  })

  test('is refused where it is no text', () => {
    expect(judge('tQ4?mZ8_kV2!pXyz\ud800')).toEqual(['password_too_long'])
  })

  test('is the same password however the keys compose its accents', () => {
    const composed = judgePassword('Cr\u00e8me br\u00fbl\u00e9e, twice', { use: 'alone', listed, context })
    const decomposed = judgePassword('Cre\u0300me bru\u0302le\u0301e, twice', {
      use: 'alone',
      listed,
      context,
    })

    expect(composed.ok).toBe(true)
    expect(composed).toEqual(decomposed)
  })

  test('of twenty random characters is always taken', () => {
    const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code))
    // What fast-check likes best is not random, and a test that is tossed for would fail somebody some day.
    const random = fc.noBias(fc.array(printable, { minLength: 20, maxLength: 20 })).map((all) => all.join(''))

    fc.assert(
      fc.property(random, (text) => {
        expect(judge(text)).toBe('taken')
      }),
      { numRuns: 500, seed: 2071 },
    )
  })

  test('tells each fault in one sentence', () => {
    expect(passwordSentence('password_too_short', 15)).toBe(
      'The password is too short: use 15 characters or more.',
    )
  })
})
