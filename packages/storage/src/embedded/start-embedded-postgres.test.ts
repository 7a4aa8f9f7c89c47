import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { deleteEmbeddedPostgres } from './delete-embedded-postgres.ts'
import { ask } from './fixtures/ask.ts'
import { makePlace, removePlace } from './fixtures/place.ts'
import { dataOf, endServerOf, runs } from './fixtures/server-of.ts'
import { isErrorCode } from './is-error-code.ts'
import { chooseServerUser } from './server-user.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start-embedded-postgres.ts'

describe('the PostgreSQL that Keyholder brings', () => {
  let folder: string
  let servers: EmbeddedPostgres[]

  beforeAll(async () => {
    folder = join(await makePlace(), '.keyholder')
  })
  afterAll(async () => {
    await deleteEmbeddedPostgres(folder)
    await removePlace(dirname(folder))
  })

  beforeEach(() => {
    servers = []
  })
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await endServerOf(folder)
  })

  async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ folder, ...options })
    servers.push(server)
    return server
  }

  /** Another program may take a port that was free a moment ago. */
  async function startOnPort(): Promise<EmbeddedPostgres> {
    for (;;) {
      const server = await start({ port: await freePort() }).catch((error: unknown) => {
        if (!isErrorCode(error, 'port_in_use')) throw error
      })
      if (server) return server
    }
  }

  async function settingsOf({ url }: EmbeddedPostgres, ...names: readonly string[]) {
    const rows = await ask<{ name: string; setting: string }>(url, 'select name, setting from pg_settings')
    return Object.fromEntries(
      rows.filter(({ name }) => names.includes(name)).map(({ name, setting }) => [name, setting]),
    )
  }

  test('keeps what was written when it is stopped and started again, and stays in its folder', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    expect(await runs(folder)).toBe(false)

    const second = await start()
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(second.url).toBe(first.url)
    expect(await dataOf(folder)).toBe(join(folder, 'postgresql', 'data'))
  })

  test('takes settings, but none that would lose data or open another door', async () => {
    const server = await start({
      settings: {
        max_connections: '17',
        fsync: 'off',
        synchronous_commit: 'off',
        full_page_writes: 'off',
        listen_addresses: '*',
        unix_socket_permissions: '0777',
      },
    })

    const names = ['max_connections', 'fsync', 'synchronous_commit', 'full_page_writes']
    expect(await settingsOf(server, ...names, 'listen_addresses', 'unix_socket_permissions')).toEqual({
      max_connections: '17',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      unix_socket_permissions: '0700',
    })
  })

  test('lets nobody in without the password, on a socket or on a port', async () => {
    const onSocket = await start()
    const wrong = onSocket.url.replace(/:[0-9a-f]{64}@/, ':guessed@')
    await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed')
    await onSocket.stop()

    const onPort = await startOnPort()
    expect(await settingsOf(onPort, 'listen_addresses', 'unix_socket_directories')).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    })
    const wrongOnPort = onPort.url.replace(/:[0-9a-f]{64}@/, ':guessed@')
    await expect(ask(wrongOnPort, 'select 1')).rejects.toThrow('password authentication failed')
  })

  test('is refused a second time in the same process', async () => {
    await start()

    await expect(start()).rejects.toMatchObject({
      code: 'folder_in_use',
      message: expect.stringContaining(`\`${folder}\` is in use by another Keyholder`),
    })
  })

  test('starts although the number of its killed server now belongs to another program', async () => {
    const { url, stop } = await start()
    await stop()
    const user = await chooseServerUser(folder)
    const bystander = spawn('sleep', ['600'], { ...user, stdio: 'ignore' })
    const [data, run] = [await dataOf(folder), join(folder, 'postgresql', 'run')]
    const left = `${bystander.pid}\n${data}\n1700000000\n5432\n${run}\n\n    1     1\nready   \n`
    for (const file of [join(data, 'postmaster.pid'), join(run, '.s.PGSQL.5432.lock')]) {
      await writeFile(file, left, { mode: 0o600 })
      if (user) await chown(file, user.uid, user.gid)
    }

    try {
      expect((await start()).url).toBe(url)
      expect(bystander.kill(0)).toBe(true)
    } finally {
      bystander.kill('SIGKILL')
    }
  })
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}
