import { HOTP, Secret, URI } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { newTotpSecret, totpUri, verifyTotp } from './totp.ts'

/** The secret of RFC 6238, appendix B, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const noon = new Date('2026-03-02T12:00:00Z')
const stepOfNoon = Math.floor(noon.getTime() / 30_000)

function codeAt(step: number): string {
  return HOTP.generate({ secret: Secret.fromBase32(secret), counter: step, digits: 6, algorithm: 'SHA1' })
}

function verify(code: string, lastStep?: number, at: Date = noon) {
  return verifyTotp(code, { secret, lastStep }, at)
}

describe('a one-time code', () => {
  test.each([
    { seconds: 59, code: '287082' },
    { seconds: 1_111_111_109, code: '081804' },
    { seconds: 1_111_111_111, code: '050471' },
    { seconds: 1_234_567_890, code: '005924' },
    { seconds: 2_000_000_000, code: '279037' },
    { seconds: 20_000_000_000, code: '353130' },
  ])('is that of RFC 6238 at $seconds s', ({ seconds, code }) => {
    expect(verify(code, undefined, new Date(seconds * 1000))).toEqual({
      ok: true,
      value: { step: Math.floor(seconds / 30) },
    })
  })

  test('is taken one period early and one late, and not two', () => {
    const taken = [-2, -1, 0, 1, 2].map((off) => verify(codeAt(stepOfNoon + off)).ok)

    expect(taken).toEqual([false, true, true, true, false])
  })

  test('is taken once', () => {
    expect(verify(codeAt(stepOfNoon), stepOfNoon)).toEqual({ ok: false, refusal: { code: 'code_wrong' } })
    expect(verify(codeAt(stepOfNoon), stepOfNoon - 1).ok).toBe(true)
  })

  test('is not taken after a later one was', () => {
    expect(verify(codeAt(stepOfNoon - 1), stepOfNoon).ok).toBe(false)
    expect(verify(codeAt(stepOfNoon), stepOfNoon + 1).ok).toBe(false)
    expect(verify(codeAt(stepOfNoon + 1), stepOfNoon).ok).toBe(true)
  })

  test('may be typed in groups', () => {
    const code = codeAt(stepOfNoon)

    expect(verify(`${code.slice(0, 3)} ${code.slice(3)}`).ok).toBe(true)
    expect(verify(`${code.slice(0, 3)}-${code.slice(3)}`).ok).toBe(true)
  })

  test.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '0x1234', '12345.', '-12345', '1e5000'])(
    'is refused where it is not six digits: `%s`',
    (code) => {
      expect(verify(code)).toEqual({ ok: false, refusal: { code: 'code_wrong' } })
    },
  )
})

test('a new secret has 160 bits and is never twice the same', () => {
  const secrets = new Set(Array.from({ length: 50 }, newTotpSecret))

  expect(secrets.size).toBe(50)
  for (const made of secrets) expect(Secret.fromBase32(made).bytes).toHaveLength(20)
})

test('the address for an app names product and person, and an app reads the same from it', () => {
  const uri = totpUri(secret, { issuer: 'Globex: Access & More', label: 'ann@globex.example' })
  const read = URI.parse(uri)

  expect(uri).toMatch(/^otpauth:\/\/totp\//)
  expect(read).toMatchObject({
    issuer: 'Globex Access & More',
    label: 'ann@globex.example',
    algorithm: 'SHA1',
    digits: 6,
  })
  expect(read.secret.base32).toBe(secret)
})
