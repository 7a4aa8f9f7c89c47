import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { deleteEmbeddedPostgres } from './delete-embedded-postgres.ts'
import { joinEmbeddedPostgres } from './join-embedded-postgres.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

describe('a short visit to the database of a running Keyholder', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyholder-join-'))
  })
  afterAll(async () => {
    await deleteEmbeddedPostgres(folder)
    await rm(folder, { recursive: true })
  })

  test('is not possible before Keyholder ever ran on the folder', async () => {
    expect(await joinEmbeddedPostgres(folder)).toBeUndefined()
    expect(await joinEmbeddedPostgres(join(folder, 'nowhere'))).toBeUndefined()
  })

  test('leads to the same database, and is over when Keyholder stops', async () => {
    const keyholder = await startEmbeddedPostgres({ folder })
    try {
      const url = await joinEmbeddedPostgres(folder)
      expect(url).toBe(keyholder.url)

      const visitor = new pg.Client({ connectionString: url })
      await visitor.connect()
      expect((await visitor.query('select current_database()')).rows).toEqual([
        { current_database: 'keyholder' },
      ])
      await visitor.end()
    } finally {
      await keyholder.stop()
    }

    expect(await joinEmbeddedPostgres(folder)).toBeUndefined()
  })
})
