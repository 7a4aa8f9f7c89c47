import type { AccountId } from '@keyholder/core'
import type { Message } from '@keyholder/mail'
import { markMailSent, saveMails, transaction } from '@keyholder/storage'
import { startTestServer } from '@keyholder/testkit/server'
import { describe, expect, test } from 'vitest'
import { outgoingMail } from '../change/outgoing-mail.ts'
import { newId } from '../new-id.ts'

const server = await startTestServer()
const account = 'acc_acme' as AccountId

async function enqueue(recipient: string, change: object = {}): Promise<string> {
  const message = {
    template: 'password_reset',
    language: 'de',
    name: 'Ann',
    token: 'a-secret',
    expires_at: '2099-01-01T00:00:00.000Z',
    ...change,
  } as Message
  const mail = outgoingMail(newId, { account, recipient }, message)
  await transaction(server.db, [account], (tx) => saveMails(tx, [mail]))
  return mail.id
}

const mailTo = async (recipient: string) =>
  (await server.operator.get('/api/v1/outbox', { query: { recipient } })).json().items[0]

describe('the outbox where no mail server is set', () => {
  test('shows a mail as its reader would get it, with the link that works', async () => {
    await enqueue('ann@x.example')
    const link = 'http://localhost:4455/reset-password#token=a-secret'

    expect(await mailTo('ann@x.example')).toMatchObject({
      payload: { template: 'password_reset', language: 'de' },
      sender_name: 'Keyholder',
      subject: 'Setzen Sie Ihr Passwort zurück',
      text: expect.stringContaining(`\nNeues Passwort wählen\n${link}\n`) as string,
      html: expect.stringContaining(`href="${link}"`) as string,
      links: [link],
      state: 'waiting',
      attempts: 0,
      sent_at: null,
      failed_at: null,
    })
  })

  test('has what opens the link in the mail alone', async () => {
    const { payload } = await mailTo('ann@x.example')

    expect(JSON.stringify(payload)).not.toContain('a-secret')
  })

  test('shows no dead link of a mail that left while there was a server', async () => {
    const id = await enqueue('bob@x.example')
    await transaction(server.db, 'deployment', (tx) => markMailSent(tx, id))

    expect(await mailTo('bob@x.example')).toMatchObject({
      state: 'sent',
      subject: 'Setzen Sie Ihr Passwort zurück',
      text: null,
      html: null,
      links: [],
    })
  })

  test('shows that there is a mail which this version does not know', async () => {
    await enqueue('carl@x.example', { template: 'from_the_future' })

    expect(await mailTo('carl@x.example')).toMatchObject({
      payload: { template: 'from_the_future' },
      subject: null,
      text: null,
      links: [],
    })
  })

  test.each([
    ['waiting', 2],
    ['sent', 1],
    ['failed', 0],
  ])('lists those that are %s', async (state, total) => {
    const list = await server.operator.get('/api/v1/outbox', { query: { state } })

    expect(list.json().total).toBe(total)
  })
})
