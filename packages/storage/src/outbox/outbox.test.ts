import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { acme, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { giveUpMail, markMailSent, postponeMail, takeMails } from './deliver-mails.ts'
import { listMails, saveMails, type MailState } from './outbox.ts'

const mail = (id: string) => ({
  id,
  account: acme,
  recipient: 'erik@x.example',
  payload: { hello: id, token: `secret of ${id}` },
})
const hour = 3_600_000

describe('the outbox', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTwoAccounts(database)
  beforeEach(() => database.asOwner('delete from outbox'))
  const save = (...ids: string[]) => transaction(db, [acme], (tx) => saveMails(tx, ids.map(mail)))
  const take = (limit = 10, lease = hour) =>
    transaction(db, 'deployment', async (tx) =>
      (await takeMails(tx, limit, lease)).map(({ id, attempts }) => `${id}, try ${attempts}`).toSorted(),
    )
  const list = (state?: MailState) =>
    transaction(
      db,
      'deployment',
      async (tx) => (await listMails(tx, { state }, { limit: 10, sort: 'created_at' })).rows,
      { readOnly: true },
    )

  test('has a mail once, however often it is put there', async () => {
    await save('mail_1')
    await save('mail_1', 'mail_2')

    expect(await take()).toEqual(['mail_1, try 1', 'mail_2, try 1'])
  })

  test('has no mail of a change that was rolled back', async () => {
    const failing = transaction(db, [acme], async (tx) => {
      await saveMails(tx, [mail('mail_1')])
      throw new Error('no')
    })

    await expect(failing).rejects.toThrow('no')
    expect(await take()).toEqual([])
  })

  test('gives a mail to one node at a time, also where both ask in the same moment', async () => {
    await save('mail_1', 'mail_2')
    const [first, second] = await transaction(db, 'deployment', async (tx) => [
      (await takeMails(tx, 1, hour)).map(({ id }) => id),
      await take(),
    ])

    expect(first).toEqual(['mail_1'])
    expect(second).toEqual(['mail_2, try 1'])
    expect(await take()).toEqual([])
  })

  test('gives a mail out again when the node that took it has not been heard of', async () => {
    await save('mail_1')

    expect(await take(1, 0)).toEqual(['mail_1, try 1'])
    expect(await take()).toEqual(['mail_1, try 2'])
  })

  test('tells with a mail all that decides whether it is still to be sent', async () => {
    await save('mail_1')
    const [taken] = await transaction(db, 'deployment', (tx) => takeMails(tx, 1, hour))

    expect(taken).toMatchObject({ ...mail('mail_1'), attempts: 1 })
    expect(taken?.takenAt.getTime()).toBeGreaterThanOrEqual(taken?.createdAt.getTime() ?? Infinity)
  })

  test('gives a mail that was put off when its time has come, and not before', async () => {
    await save('mail_1')
    await take()
    await transaction(db, 'deployment', (tx) => postponeMail(tx, 'mail_1', 'no route to host', hour))
    expect(await take()).toEqual([])
    expect(await list('waiting')).toMatchObject([
      { id: 'mail_1', lastError: 'no route to host', attempts: 1 },
    ])

    await transaction(db, 'deployment', (tx) => postponeMail(tx, 'mail_1', 'still none', 0))
    expect(await take()).toEqual(['mail_1, try 2'])
  })

  test('gives a mail that has left to nobody, and keeps its secret no longer', async () => {
    await save('mail_1')
    await transaction(db, 'deployment', (tx) => markMailSent(tx, 'mail_1'))
    await transaction(db, 'deployment', (tx) => postponeMail(tx, 'mail_1', 'too late to say so', 0))

    expect(await take()).toEqual([])
    expect(await list('sent')).toMatchObject([
      {
        id: 'mail_1',
        sentAt: expect.any(Date),
        lastError: undefined,
        payload: { hello: 'mail_1', token: '' },
      },
    ])
    expect([await list('waiting'), await list('failed')]).toEqual([[], []])
  })

  test('gives a mail that was given up to nobody, and keeps its secret no longer', async () => {
    await save('mail_1', 'mail_2')
    await transaction(db, 'deployment', (tx) => giveUpMail(tx, 'mail_1', '550 nobody here'))

    expect(await take()).toEqual(['mail_2, try 1'])
    expect(await list('failed')).toMatchObject([
      { id: 'mail_1', failedAt: expect.any(Date), lastError: '550 nobody here', payload: { token: '' } },
    ])
    expect((await list()).map(({ id, state }) => [id, state])).toEqual([
      ['mail_1', 'failed'],
      ['mail_2', 'waiting'],
    ])
  })
})
