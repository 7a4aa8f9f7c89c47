import type { Email, UserId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { transaction, type Tx } from '../database/transaction.ts'
import { makeTwoAccounts } from '../two-accounts.fixture.ts'
import {
  findOneTimeToken,
  pruneOneTimeTokens,
  replaceOneTimeToken,
  takeOneTimeToken,
} from './one-time-tokens.ts'

const database = await testDatabase()
const db = database.open()
await makeTwoAccounts(database)
const dana = { user: 'usr_acme' as UserId, email: 'dana@acme.example' as Email }
const hour = 3_600_000

function run<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return transaction(db, 'deployment', work)
}

function keep(tokenHash: string, life = hour) {
  return run((tx) => replaceOneTimeToken(tx, { ...dana, tokenHash, purpose: 'password_reset', life }))
}

describe('a link in a mail', () => {
  beforeEach(() => database.asOwner('delete from one_time_tokens'))

  test('proves once whose mail it was in', async () => {
    await keep('one')

    expect(await run((tx) => findOneTimeToken(tx, 'one', 'password_reset'))).toEqual(dana)
    expect(await run((tx) => takeOneTimeToken(tx, 'one', 'password_reset'))).toEqual(dana)
    expect(await run((tx) => takeOneTimeToken(tx, 'one', 'password_reset'))).toBeUndefined()
  })

  test('is taken by one of many who open it at the same time', async () => {
    await keep('one')
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => run((tx) => takeOneTimeToken(tx, 'one', 'password_reset'))),
    )

    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  test('is dead once another one was sent for the same', async () => {
    await keep('one')
    await keep('two')

    expect(await run((tx) => findOneTimeToken(tx, 'one', 'password_reset'))).toBeUndefined()
    expect(await run((tx) => findOneTimeToken(tx, 'two', 'password_reset'))).toEqual(dana)
  })

  test('is of no use for anything else, and still of use for its own', async () => {
    await keep('one')

    expect(await run((tx) => takeOneTimeToken(tx, 'one', 'email_change'))).toBeUndefined()
    expect(await run((tx) => takeOneTimeToken(tx, 'one', 'password_reset'))).toEqual(dana)
  })

  test('is of no use when its time is over, though nobody has dropped it', async () => {
    const expiresAt = await keep('one')
    await database.asOwner(`update one_time_tokens set expires_at = clock_timestamp()`)

    expect(expiresAt.getTime()).toBeGreaterThan(0)
    expect(await run((tx) => takeOneTimeToken(tx, 'one', 'password_reset'))).toBeUndefined()
    await keep('two', 1)
    await database.asOwner(`update one_time_tokens set expires_at = now() - interval '1 second'`)
    await run(pruneOneTimeTokens)
    expect(await database.asOwner('select from one_time_tokens')).toEqual([])
  })
})
