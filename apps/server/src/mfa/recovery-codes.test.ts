import { describe, expect, test } from 'vitest'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'

describe('recovery codes', () => {
  test('are ten, each of a hundred bits, and never given out twice', () => {
    const codes = [...newRecoveryCodes(), ...newRecoveryCodes()]

    expect(newRecoveryCodes()).toHaveLength(10)
    expect(new Set(codes.map(({ code }) => code)).size).toBe(20)
    for (const { code } of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){4}[0-9a-hjkmnp-tv-z]{4}$/)
  })

  test('are kept as hashes that say nothing of them', () => {
    for (const { code, hash } of newRecoveryCodes()) {
      expect(hash).toMatch(/^[0-9a-f]{64}$/)
      expect(hash).not.toContain(code.slice(0, 4).repeat(2))
      expect(recoveryCodeHash(code)).toBe(hash)
    }
  })

  test('are known however they are typed', () => {
    const typed = [
      '0123-4567-89ab-cdef-ghjk',
      '0123456789ABCDEFGHJK',
      ' oi23-4567 89aB cdef–ghjk ',
      'OI23 4567 89ab cdef ghjk',
    ]
    const hashes = typed.map(recoveryCodeHash)

    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(hashes).size).toBe(1)
    expect(recoveryCodeHash('0l23-4567-89ab-cdef-ghjk')).toBe(hashes[0])
  })

  test.each([
    '',
    '0123-4567-89ab-cdef-ghj',
    '0123-4567-89ab-cdef-ghjkm',
    'u123-4567-89ab-cdef-ghjk',
    '🐎'.repeat(20),
  ])('are not known where they cannot be one: `%s`', (typed) => {
    expect(recoveryCodeHash(typed)).toBeUndefined()
  })
})
