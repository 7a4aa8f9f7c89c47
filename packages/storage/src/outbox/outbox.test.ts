import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { acme, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { markMailFailed, markMailSent, saveMails, takeMails } from './outbox.ts'

const mail = (id: string) => ({ id, account: acme, recipient: 'erik@x.example', payload: { hello: id } })

describe('the outbox', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTwoAccounts(database)
  beforeEach(() => database.asOwner('delete from outbox'))
  const save = (...ids: string[]) => transaction(db, [acme], (tx) => saveMails(tx, ids.map(mail)))
  const take = (limit = 10) =>
    transaction(db, 'deployment', async (tx) => (await takeMails(tx, limit)).map(({ id }) => id))

  test('has a mail once, however often it is put there', async () => {
    await save('mail_1')
    await save('mail_1', 'mail_2')

    expect(await take()).toEqual(['mail_1', 'mail_2'])
  })

  test('has no mail of a change that was rolled back', async () => {
    const failing = transaction(db, [acme], async (tx) => {
      await saveMails(tx, [mail('mail_1')])
      throw new Error('no')
    })

    await expect(failing).rejects.toThrow('no')
    expect(await take()).toEqual([])
  })

  test('gives a mail out until it is sent, and to one node at a time', async () => {
    await save('mail_1', 'mail_2')
    const [first, second] = await transaction(db, 'deployment', async (tx) => [
      (await takeMails(tx, 1)).map(({ id }) => id),
      await take(),
    ])
    expect(first).toEqual(['mail_1'])
    expect(second).toEqual(['mail_2'])

    await transaction(db, 'deployment', (tx) => markMailFailed(tx, 'mail_1', 'no route to host'))
    await transaction(db, 'deployment', (tx) => markMailSent(tx, 'mail_2'))
    expect(await transaction(db, 'deployment', (tx) => takeMails(tx, 10))).toMatchObject([
      { id: 'mail_1', account: acme, recipient: 'erik@x.example', payload: { hello: 'mail_1' }, attempts: 1 },
    ])
  })
})
