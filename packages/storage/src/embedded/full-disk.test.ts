import { spawnSync } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { ask } from './fixtures/ask.ts'
import { makePlace, removePlace } from './fixtures/place.ts'
import { endServerOf } from './fixtures/server-of.ts'
import { isErrorCode } from './is-error-code.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'
import type { EmbeddedPostgres } from './start-embedded-postgres.ts'

const megabyte = 1024 * 1024

function mount(disk: string, options: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'keyholder-test', disk]).status === 0
}

async function removeDisk(disk: string): Promise<void> {
  // Lazily: a server that has just ended may take a moment to let go of its files.
  spawnSync('umount', ['-l', disk])
  await removePlace(disk)
}

/** Only root may mount a disk, and not in every container. */
async function canMount(): Promise<boolean> {
  const disk = await makePlace()
  try {
    return mount(disk, 'size=1m')
  } finally {
    await removeDisk(disk)
  }
}

describe.runIf(await canMount())('on a full disk (where a small one may be mounted)', () => {
  let disk: string
  let folder: string
  let said: string[]
  let server: EmbeddedPostgres | undefined

  beforeEach(async () => {
    disk = await makePlace()
    folder = join(disk, '.keyholder')
    said = []
  })
  afterEach(async () => {
    await server?.stop()
    server = undefined
    await endServerOf(folder)
    await removeDisk(disk)
  })

  async function start(): Promise<EmbeddedPostgres> {
    server = await startEmbeddedPostgres({ folder, log: (sentence) => said.push(sentence) })
    return server
  }

  async function fillDisk(): Promise<void> {
    const filler = await open(join(disk, 'filler'), 'a')
    try {
      for (const size of [megabyte, 1024]) {
        while (await wasWritten(filler, size));
      }
    } finally {
      await filler.close()
    }
  }

  const makeRoom = () => rm(join(disk, 'filler'))

  const diskIsFull = {
    code: 'disk_full',
    message: expect.stringMatching(
      /^The disk that holds `.*` is full: make room there; nothing that was saved is lost\.$/,
    ),
  }

  test.each([
    { what: 'the programs', size: '32m' },
    { what: 'the data', size: '80m' },
  ])('a first start without room for $what says so, and succeeds once there is room', async ({ size }) => {
    mount(disk, `size=${size},mode=755`)
    await expect(start()).rejects.toMatchObject(diskIsFull)

    mount(disk, 'remount,size=400m,mode=755')
    const { url } = await start()
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a start on data that is there says so, and loses nothing', async () => {
    mount(disk, 'size=256m,mode=755')
    const { url, stop } = await start()
    await ask(url, 'create table kept as select 42 as answer')
    await stop()

    await fillDisk()
    await expect(start()).rejects.toMatchObject(diskIsFull)

    await makeRoom()
    await start()
    expect(await ask(url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('writes are refused, what was acknowledged stays, and writing goes on once there is room', async () => {
    mount(disk, 'size=256m,mode=755')
    const { url } = await start()
    await ask(url, 'create table written (row bigint primary key, weight text)')
    const acknowledged: number[] = []
    const write = async () => {
      const row = acknowledged.length
      await ask(url, `insert into written values (${row}, repeat(md5(random()::text), 1000))`)
      acknowledged.push(row)
    }
    await write()
    await fillDisk()

    const writeUntilRefused = async (): Promise<unknown> => {
      for (;;) {
        const refusal = await write().catch((error: unknown) => error)
        if (refusal) return refusal
      }
    }
    expect(await writeUntilRefused()).toMatchObject({ code: '53100' })

    await makeRoom()
    await write()
    const rows = await ask<{ row: number }>(url, 'select row::int from written order by row')
    expect(rows.map(({ row }) => row)).toEqual(acknowledged)
  })

  test('a server that cannot even write its journal comes back by itself once there is room', async () => {
    mount(disk, 'size=256m,mode=755')
    const { url } = await start()
    await ask(url, 'create table kept as select 42 as answer')
    await fillDisk()

    const journal = () => ask(url, `select pg_logical_emit_message(true, 'weight', repeat('x', 4000000))`)
    const journalUntilRefused = async (): Promise<unknown> => {
      for (;;) {
        const refusal = await journal().then(
          () => undefined,
          (error: unknown) => error,
        )
        if (refusal) return refusal
      }
    }
    expect(await journalUntilRefused()).toBeInstanceOf(Error)

    await makeRoom()
    await expect.poll(() => journal().then(() => 'written', String)).toBe('written')
    expect(await ask(url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })
})

async function wasWritten(file: FileHandle, size: number): Promise<boolean> {
  try {
    return (await file.write(Buffer.alloc(size))).bytesWritten === size
  } catch (error) {
    if (isErrorCode(error, 'ENOSPC')) return false
    throw error
  }
}
