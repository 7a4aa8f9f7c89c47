import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { deleteEmbeddedPostgres } from './delete-embedded-postgres.ts'
import { ask } from './fixtures/ask.ts'
import { thisCheckout } from './fixtures/checkout.ts'
import { makePlace, removePlace } from './fixtures/place.ts'
import { dataOf, endServerOf } from './fixtures/server-of.ts'
import { isRoot } from './fixtures/situations.ts'
import { spawnKeeper } from './fixtures/spawn-keeper.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start-embedded-postgres.ts'

describe('the folder of the PostgreSQL that Keyholder brings', () => {
  let parent: string
  let folder: string
  let servers: EmbeddedPostgres[]

  beforeEach(async () => {
    parent = await makePlace()
    folder = join(parent, '.keyholder')
    servers = []
  })
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await endServerOf(folder)
    await deleteEmbeddedPostgres(folder)
    await removePlace(parent)
  })

  async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ folder, ...options })
    servers.push(server)
    return server
  }

  test.each([
    { kind: 'with spaces and letters of other scripts', name: `Schlüsselbund, o'clock — 鍵 ключ` },
    {
      kind: 'longer than the path of a socket may be',
      name: join(...Array<string>(8).fill('deep'.repeat(10))),
    },
  ])('runs in a folder $kind', async ({ name }) => {
    folder = join(parent, name)
    const { url } = await start()

    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await servers[0]?.stop()
    expect((await start()).url).toBe(url)
  })

  test.runIf(isRoot)(
    'says where the data is when the server cannot reach the folder (only as root)',
    async () => {
      await chmod(parent, 0o700)
      const said: string[] = []
      const { url, stop } = await start({ log: (sentence) => said.push(sentence) })

      const elsewhere = dirname(await dataOf(folder))
      expect(elsewhere).toMatch(/^\/var\/(lib|tmp)\/keyholder\//)
      expect(said).toEqual([
        `PostgreSQL may not run as root: it runs as \`nobody\`, who cannot reach \`${folder}\`, so its data is in \`${elsewhere}\`.`,
      ])

      await stop()
      expect((await start()).url).toBe(url)
    },
  )

  test('is the one that was made for it, also if it was made for nobody else to read', async () => {
    await mkdir(folder, { mode: 0o700 })
    await start()

    expect(await dataOf(folder)).toBe(join(folder, 'postgresql', 'data'))
    expect((await stat(folder)).mode & 0o066).toBe(0)
  })

  test('is refused where the link to its data leads nowhere, instead of beginning anew', async () => {
    await mkdir(folder)
    await symlink(join(parent, 'not-mounted'), join(folder, 'postgresql'))

    await expect(start()).rejects.toMatchObject({
      code: 'folder_not_usable',
      message: expect.stringContaining(
        `is not in \`${join(parent, 'not-mounted')}\` any more: bring it back, or delete`,
      ),
    })
  })

  test('is refused in a folder whose name a shell would read otherwise', async () => {
    await expect(start({ folder: join(parent, '$HOME') })).rejects.toMatchObject({
      code: 'folder_not_usable',
    })
  })

  test('does not open data of another major version, and leaves them as they are', async () => {
    const data = join(folder, 'postgresql', 'data')
    await mkdir(data, { recursive: true })
    await writeFile(join(data, 'PG_VERSION'), '17\n')

    await expect(start()).rejects.toMatchObject({
      code: 'other_major_version',
      message: expect.stringContaining('was made by PostgreSQL 17 and this Keyholder brings PostgreSQL 18'),
    })
    expect(await readdir(data)).toEqual(['PG_VERSION'])
  })

  test("is one Keyholder's alone, also where three start on it at the same moment", async () => {
    const keepers = [1, 2, 3].map(() => spawnKeeper(thisCheckout, folder))
    const outcomes = await Promise.all(
      keepers.map((keeper) =>
        Promise.race([keeper.hear('up').then(() => 'up'), keeper.hear('folder_in_use')]),
      ),
    )
    for (const keeper of keepers) keeper.kill('SIGTERM')
    await Promise.all(keepers.map((keeper) => keeper.gone()))

    expect(outcomes.filter((outcome) => outcome === 'up')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome.includes('is in use by another Keyholder'))).toHaveLength(2)
  })

  test('begins anew where making the data was interrupted half way', async () => {
    const home = join(folder, 'postgresql')
    const abandoned = join(home, `draft-${await deadProcess()}-0123456789ab-data`)
    await mkdir(join(abandoned, 'base'), { recursive: true })
    await writeFile(join(abandoned, 'PG_VERSION'), '18\n')
    await writeFile(`${abandoned}.password`, 'half a password')

    const { url } = await start()

    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await readdir(home)).filter((name) => name.startsWith('draft-'))).toEqual([])
  })
})

/** The number of a process that was, and is no more. */
async function deadProcess(): Promise<number> {
  const child = spawn('true')
  await once(child, 'exit')
  return child.pid ?? -1
}
