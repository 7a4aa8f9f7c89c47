import type { AccountId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { lockAccounts } from './lock-accounts.ts'

const nobody = 'acc_nobody' as AccountId

describe('holding accounts', async () => {
  const database = await testDatabase()
  const db = database.open()
  beforeAll(() => makeTwoAccounts(database))
  const hold = (...accounts: AccountId[]) => transaction(db, accounts, (tx) => lockAccounts(tx, accounts))

  test('tells those that are there, in the order of their ids, at one moment', async () => {
    const { at, accounts, heads } = await hold(globex, nobody, acme)

    expect(accounts.map(({ id }) => id)).toEqual([acme, globex])
    expect([...heads.keys()]).toEqual([acme, globex])
    expect(Number.isSafeInteger(at)).toBe(true)
  })

  test.each([{ accounts: [] }, { accounts: [nobody] }])(
    'is a mistake where none of them is there: $accounts',
    async ({ accounts }) => {
      await expect(hold(...accounts)).rejects.toThrow('none of the accounts to hold is there')
    },
  )
})
