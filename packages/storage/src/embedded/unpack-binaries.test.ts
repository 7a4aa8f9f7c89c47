import { mkdir, mkdtemp, readFile, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { removeFormerBinaries, unpackBinaries } from './unpack-binaries.ts'

describe('the private copy of PostgreSQL', () => {
  let place: string
  let home: string

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'keyholder-unpack-'))
    home = join(place, 'home')
    await mkdir(home)
    await mkdir(join(place, 'native/bin'), { recursive: true })
    await mkdir(join(place, 'native/lib/pkgconfig'), { recursive: true })
    await writeFile(join(place, 'native/bin/postgres'), 'the server', { mode: 0o700 })
    await writeFile(join(place, 'native/lib/libpq.so.5.18'), 'the library', { mode: 0o600 })
    await writeFile(join(place, 'native/lib/libpq.a'), 'for builders')
  })
  afterEach(() => rm(place, { recursive: true }))

  const packaged = () => ({
    folder: join(place, 'native'),
    version: '18.4.0',
    major: '18',
    platform: 'linux-x64',
  })
  const nameLinks = (links: unknown) =>
    writeFile(join(place, 'native/pg-symlinks.json'), JSON.stringify(links))

  test('has the links that the package leaves to an install script, and nothing that only builders need', async () => {
    await nameLinks([
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    ])
    const copy = await unpackBinaries(packaged(), home)

    expect(copy).toBe(join(home, 'binaries-18.4.0-linux-x64'))
    expect((await readdir(join(copy, 'lib'))).toSorted()).toEqual(['libpq.so', 'libpq.so.5', 'libpq.so.5.18'])
    expect(await readlink(join(copy, 'lib/libpq.so.5'))).toBe('libpq.so.5.18')
    expect(await readFile(join(copy, 'lib/libpq.so'), 'utf8')).toBe('the library')
  })

  test('can be read by the user the server runs as, whatever the package allows', async () => {
    const copy = await unpackBinaries(packaged(), home)

    expect((await stat(join(copy, 'bin/postgres'))).mode & 0o777).toBe(0o755)
    expect((await stat(join(copy, 'lib/libpq.so.5.18'))).mode & 0o777).toBe(0o644)
    expect((await stat(copy)).mode & 0o777).toBe(0o755)
  })

  test('is made once, also by two who start at the same moment, and is whole', async () => {
    const both = await Promise.all([unpackBinaries(packaged(), home), unpackBinaries(packaged(), home)])
    expect(both[0]).toBe(both[1])
    expect(await readdir(home)).toEqual(['binaries-18.4.0-linux-x64'])

    await writeFile(join(both[0], 'bin/postgres'), 'the copy')
    await unpackBinaries(packaged(), home)
    expect(await readFile(join(both[0], 'bin/postgres'), 'utf8')).toBe('the copy')
  })

  test('takes the place of those of former versions', async () => {
    const former = await unpackBinaries({ ...packaged(), version: '18.3.0' }, home)
    const copy = await unpackBinaries(packaged(), home)
    await mkdir(join(home, 'data'))
    expect(await readdir(home)).toContain(basename(former))

    await removeFormerBinaries(home, copy)

    expect((await readdir(home)).toSorted()).toEqual([basename(copy), 'data'])
  })

  test('does not stand there half when it cannot be finished', async () => {
    await nameLinks([{ source: 'native/lib/libpq.so.5.18', target: 'native/nowhere/libpq.so' }])

    await expect(unpackBinaries(packaged(), home)).rejects.toThrow('ENOENT')
    expect(await readdir(home)).toEqual([])
  })
})
