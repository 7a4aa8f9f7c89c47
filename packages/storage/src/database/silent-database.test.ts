import type { AccountId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { closeDatabase, connections, openDatabase, type Database } from './open-database.ts'
import { transaction, type Tx } from './transaction.ts'

const one = (tx: Tx) => sql<{ one: number }>`select 1 as one`.execute(tx).then(({ rows }) => rows)
const acme = 'acc_acme' as AccountId

describe('a database that goes silent', async () => {
  const database = await testDatabase()
  const line = await DatabaseProxy.open(database.url)
  const opened: Database[] = []
  const open = (options: { readonly patience?: number } = {}) => {
    const db = openDatabase({ url: line.url, poolSize: 2, ...options })
    opened.push(db)
    return db
  }
  afterAll(async () => {
    await line.close()
    await Promise.all(opened.map(closeDatabase))
  })
  const ask = (db: Database) => transaction(db, [acme], one)

  test('is given up after nine tenths of a second, where nothing else is said', () => {
    expect(open()[connections].patience).toBe(900)
  })

  test.each([
    { connection: 'that was fine before', wasFine: true },
    { connection: 'that is new', wasFine: false },
  ])('is given up when patience is at its end, on a connection $connection', async ({ wasFine }) => {
    const [hasty, patient] = [open({ patience: 50 }), open({ patience: 3_600_000 })]
    line.set('open')
    for (const db of wasFine ? [hasty, patient] : []) {
      await expect.poll(() => ask(db).catch(() => 'given up')).toEqual([{ one: 1 }])
    }
    line.set('stalled')
    const [late, soon] = [ask(patient), ask(hasty)]

    await expect(Promise.race([late, soon])).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
    line.set('open')
    expect(await late).toEqual([{ one: 1 }])
    await expect.poll(() => ask(hasty).catch(() => 'given up')).toEqual([{ one: 1 }])
  })
})
