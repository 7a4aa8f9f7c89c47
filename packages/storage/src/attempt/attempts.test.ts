import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { clearAttempts, giveBackAttempt, takeAttempt, type AttemptLimit } from './attempts.ts'

const minute = 60_000

describe('attempts', async () => {
  const database = await testDatabase()
  const db = database.open()
  beforeEach(() => database.asOwner('delete from attempts'))
  const take = (...limits: readonly AttemptLimit[]) =>
    transaction(db, 'deployment', (tx) => takeAttempt(tx, limits))
  const limit = { bucket: 'dana', most: 3, within: 15 * minute }

  test('are taken up to the limit, and then refused with the time to wait', async () => {
    for (let attempt = 0; attempt < 3; attempt++) expect(await take(limit)).toBeUndefined()
    const refused = await take(limit)

    expect(refused?.bucket).toBe('dana')
    expect(refused?.retryAfter).toBeGreaterThan(60)
    expect(refused?.retryAfter).toBeLessThanOrEqual(15 * 60)
  })

  test('are bounded however many come at the same time', async () => {
    const refusals = await Promise.all(Array.from({ length: 40 }, () => take(limit)))

    expect(refusals.filter((refused) => refused === undefined)).toHaveLength(3)
  })

  test('are taken again once the period is over', async () => {
    for (let attempt = 0; attempt < 4; attempt++) await take(limit)
    await database.asOwner(`update attempts set since = since - interval '15 minutes'`)

    expect(await take(limit)).toBeUndefined()
  })

  test('count until one succeeds, where there is no period', async () => {
    const lasting = { bucket: 'lasting:dana', most: 1 }
    await take(lasting)
    await database.asOwner(`update attempts set since = since - interval '10 years'`)

    expect(await take(lasting)).toEqual({ bucket: 'lasting:dana', retryAfter: undefined })
    await transaction(db, 'deployment', (tx) => clearAttempts(tx, ['lasting:dana']))
    expect(await take(lasting)).toBeUndefined()
  })

  test('that one limit refuses do not count against the next', async () => {
    const place = { bucket: 'place', most: 0, within: minute }
    await take(place, limit)

    expect(await database.asOwner('select bucket from attempts')).toEqual([{ bucket: 'place' }])
  })

  test('that turned out right are given back', async () => {
    await take({ bucket: 'place', most: 1, within: minute })
    await transaction(db, 'deployment', (tx) => giveBackAttempt(tx, 'place'))

    expect(await take({ bucket: 'place', most: 1, within: minute })).toBeUndefined()
  })
})
