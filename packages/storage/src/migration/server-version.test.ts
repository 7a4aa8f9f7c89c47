import { describe, expect, test } from 'vitest'
import { requireSoundServer } from './server-version.ts'

describe('the server', () => {
  test.each([150_009, 150_018, 160_005, 170_001, 180_000])('of version %i is worked with', (version) => {
    expect(() => requireSoundServer(version)).not.toThrow()
  })

  test('is refused before version 15, with its own version in the sentence', () => {
    expect(() => requireSoundServer(140_022)).toThrow(
      'Keyholder needs PostgreSQL 15 or newer, and this server is 14.22: upgrade it.',
    )
  })

  test.each([150_008, 160_004, 170_000])(
    'of version %i is refused, because it confuses the rights of roles',
    (version) => {
      expect(() => requireSoundServer(version)).toThrow(/CVE-2024-10976/)
    },
  )
})
