import type { AccountId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { openDatabase, closeDatabase } from './open-database.ts'
import { transaction, type Tx } from './transaction.ts'

const one = (tx: Tx) => sql<{ one: number }>`select 1 as one`.execute(tx).then(({ rows }) => rows)
const acme = 'acc_acme' as AccountId

describe('a database that goes silent', async () => {
  const database = await testDatabase()
  const line = await DatabaseProxy.open(database.url)
  const db = openDatabase({ url: line.url, poolSize: 2 })
  afterAll(async () => {
    await line.close()
    await closeDatabase(db)
  })

  test('is given up within a second, on a connection that was fine before', async () => {
    expect(await transaction(db, [acme], one)).toEqual([{ one: 1 }])
    line.set('stalled')
    const before = performance.now()

    await expect(transaction(db, [acme], one)).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
    expect(performance.now() - before).toBeLessThan(1_200)
  })

  test('is given up within a second on a new connection too', async () => {
    const before = performance.now()

    await expect(transaction(db, [acme], one)).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
    expect(performance.now() - before).toBeLessThan(1_200)
  })

  test('is used again as soon as it speaks', async () => {
    line.set('open')

    expect(await transaction(db, [acme], one)).toEqual([{ one: 1 }])
  })
})
