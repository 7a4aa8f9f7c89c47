import { describe, expect, test } from 'vitest'

import { findPackagedBinaries } from './packaged-binaries.ts'

describe('the PostgreSQL that is installed with Keyholder', () => {
  test('is that of this platform', async () => {
    expect(await findPackagedBinaries()).toMatchObject({
      major: '18',
      version: expect.stringMatching(/^18\./),
    })
  })

  test('is refused on a platform for which there is none', async () => {
    await expect(findPackagedBinaries('aix-ppc64')).rejects.toMatchObject({
      code: 'platform_not_supported',
      message:
        'Keyholder brings no PostgreSQL for `aix-ppc64`: name a PostgreSQL of your own in `DATABASE_URL`.',
    })
  })

  test('says how to install it where it is left out', async () => {
    const another = process.platform === 'win32' ? 'linux-x64' : 'win32-x64'
    await expect(findPackagedBinaries(another)).rejects.toMatchObject({
      code: 'binaries_missing',
      message: expect.stringContaining(
        'is not installed: run `npm install` without `--omit=optional`, or name a',
      ),
    })
  })
})
