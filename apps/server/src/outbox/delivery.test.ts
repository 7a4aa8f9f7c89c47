import type { AccountId } from '@keyholder/core'
import { openTransport, smtpOptions, usualSender, type Message } from '@keyholder/mail'
import { saveMails, transaction } from '@keyholder/storage'
import { startMailServer, type MailServer } from '@keyholder/testkit/mail'
import { startTestServer, type TestClient } from '@keyholder/testkit/server'
import { pino } from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../new-id.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import { deliverMails, pauseAfter } from './deliver-mails.ts'
import { startDelivery } from './start-delivery.ts'

const server = await startTestServer({ mail: { product: 'Acme Access', isSent: true } })
const publicUrl = 'http://localhost:4455'
const account = 'acc_acme' as AccountId
const logged: string[] = []
/** On a machine that runs many tests at once. */
const patient = { connectionTimeout: 60_000, greetingTimeout: 60_000, socketTimeout: 60_000 }

function deps(url: string) {
  const options = smtpOptions(url)
  if (!options) throw new Error(`not an address: ${url}`)
  return {
    db: server.db,
    transport: openTransport({ ...options, ...patient }, usualSender('https://access.example.com')),
    origin: { publicUrl, product: 'Acme Access' },
    log: pino({ level: 'info' }, { write: (line) => logged.push(line) }),
  }
}

async function enqueue(recipient: string, change: object = {}): Promise<string> {
  const message = {
    template: 'password_reset',
    language: 'en',
    name: null,
    token: `secret-of-${recipient}`,
    expires_at: '2099-01-01T00:00:00.000Z',
    ...change,
  } as Message
  const mail = outgoingMail(newId, { account, recipient }, message)
  await transaction(server.db, [account], (tx) => saveMails(tx, [mail]))
  return mail.id
}

const list = async (query: Record<string, string> = {}) =>
  (await server.operator.get('/api/v1/outbox', { query: { ...query, limit: '100' } })).json<{
    items: { id: string; state: string; attempts: number; last_error: string | null }[]
    total: number
  }>()
const stored = async (id: string) => (await list()).items.find((mail) => mail.id === id)
const makeDue = () => server.database.asOwner('update outbox set due_at = now()')
const recipients = ({ received }: MailServer) => received.map(({ recipient }) => recipient).toSorted()

beforeEach(() => server.database.asOwner('delete from outbox'))

describe('a mail in the outbox', async () => {
  const mailServer = await startMailServer()
  const delivery = deps(mailServer.url)
  beforeEach(() => mailServer.refuse(() => undefined))

  test('leaves, and what opens its link leaves with it', async () => {
    const id = await enqueue('ann@x.example')
    expect(await deliverMails(delivery)).toEqual({ tried: 1 })

    const [mail] = (await mailServer.arrived(1)).slice(-1)
    expect(mail).toMatchObject({
      recipient: 'ann@x.example',
      sender: 'no-reply@access.example.com',
      email: {
        messageId: `<${id}@access.example.com>`,
        subject: 'Reset your password',
        from: { name: 'Acme Access' },
      },
    })
    expect(mail?.email.text).toContain(`${publicUrl}/reset-password#token=secret-of-ann@x.example\n`)
    expect(await stored(id)).toMatchObject({ state: 'sent', attempts: 1, last_error: null })
    const kept = await server.database.asOwner('select to_jsonb(outbox)::text as row from outbox')
    expect(JSON.stringify(kept)).toContain('ann@x.example')
    expect(JSON.stringify(kept)).not.toContain('secret-of')
    expect(await deliverMails(delivery)).toEqual({ tried: 0 })
  })

  test('is tried again after the server was busy, later and as the same mail', async () => {
    mailServer.refuse((_, attempt) => (attempt === 1 ? { at: 'recipient', code: 451 } : undefined))
    const id = await enqueue('bob@x.example')
    await deliverMails(delivery)

    expect(await stored(id)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      last_error: expect.stringContaining('451') as string,
    })
    expect(await deliverMails(delivery)).toEqual({ tried: 0 })
    await makeDue()
    expect(await deliverMails(delivery)).toEqual({ tried: 1 })
    expect(await stored(id)).toMatchObject({ state: 'sent', attempts: 2, last_error: null })
    expect(mailServer.received.at(-1)?.email.messageId).toBe(`<${id}@access.example.com>`)
  })

  test('is given up where the server knows no such recipient, and holds up no other', async () => {
    mailServer.refuse((recipient) =>
      recipient === 'nobody@x.example' ? { at: 'recipient', code: 550 } : undefined,
    )
    const gone = await enqueue('nobody@x.example')
    const fine = await enqueue('carl@x.example')
    await deliverMails(delivery)
    await makeDue()

    expect(await deliverMails(delivery)).toEqual({ tried: 0 })
    expect(await stored(gone)).toMatchObject({
      state: 'failed',
      attempts: 1,
      last_error: expect.stringContaining('550') as string,
    })
    expect(await stored(fine)).toMatchObject({ state: 'sent' })
    expect(await list({ state: 'failed' })).toMatchObject({ total: 1, items: [{ id: gone }] })
    expect(logged.join('')).toContain('a mail was given up')
  })

  test('waits where no server answers', async () => {
    const id = await enqueue('dora@x.example')
    const round = await deliverMails(deps('smtp://127.0.0.1:1'))

    expect(round).toEqual({ tried: 1, unreachable: expect.stringContaining('ECONNREFUSED') as string })
    expect(await stored(id)).toMatchObject({ state: 'waiting', attempts: 1 })
    await makeDue()
    await deliverMails(delivery)
    expect(await stored(id)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test.each([
    ['that is three days old', {}, "update outbox set created_at = now() - interval '3 days'", 'three days'],
    ['whose link has expired', { expires_at: '2020-01-01T00:00:00.000Z' }, 'select', 'expired'],
  ])('%s is not sent any more', async (_, change, age, why) => {
    const id = await enqueue('emil@x.example', change)
    await server.database.asOwner(age)
    const before = mailServer.received.length
    await deliverMails(delivery)

    expect(mailServer.received).toHaveLength(before)
    expect(await stored(id)).toMatchObject({
      state: 'failed',
      last_error: expect.stringContaining(why) as string,
    })
  })

  test('that this version does not know waits for one that does', async () => {
    const id = await enqueue('fred@x.example', { template: 'from_the_future' })
    const fine = await enqueue('gina@x.example')
    await deliverMails(delivery)

    expect(await stored(id)).toMatchObject({ state: 'waiting', attempts: 1, subject: null, text: null })
    expect(await stored(fine)).toMatchObject({ state: 'sent' })
  })

  test('is told in the log without what it says', () => {
    expect(logged.join('\n')).not.toMatch(/secret-of|reset-password#/)
  })
})

describe('two nodes that send', () => {
  test('send each mail once, also those that come while they work', async () => {
    const mailServer = await startMailServer()
    const people = Array.from({ length: 24 }, (_, place) => `person-${place}@x.example`)
    for (const person of people.slice(0, 12)) await enqueue(person)
    const pace = { look: 5, longest: 20 }
    const stops = [startDelivery(deps(mailServer.url), pace), startDelivery(deps(mailServer.url), pace)]
    for (const person of people.slice(12)) await enqueue(person)
    await mailServer.arrived(people.length)
    await Promise.all(stops.map((stop) => stop()))

    expect(recipients(mailServer)).toEqual(people.toSorted())
    expect(await list({ state: 'sent' })).toMatchObject({ total: people.length })
  })

  test('have noted what they sent when they stop', async () => {
    const mailServer = await startMailServer()
    for (let place = 0; place < 10; place++) await enqueue(`person-${place}@x.example`)
    const stop = startDelivery(deps(mailServer.url), { look: 5, longest: 20 })
    await mailServer.arrived(1)
    await stop()

    expect((await list({ state: 'sent' })).total).toBe(mailServer.received.length)
  })
})

describe('an invitation', async () => {
  const mailServer = await startMailServer()
  const invite = (client: TestClient, email: string) =>
    client.post('/api/v1/accounts/acme/invitations', {
      kind: 'external',
      email,
      default_role: { role: 'viewer' },
      subject: 'Come in',
      body: 'Two lines\nof text',
    })

  test('is accepted by the link in the mail, and by nothing that the outbox shows', async () => {
    await invite(server.as('ada'), 'ines@elsewhere.example')
    const before = await server.operator.get('/api/v1/outbox')
    await deliverMails(deps(mailServer.url))
    const after = await server.operator.get('/api/v1/outbox')

    const { email } = (await mailServer.arrived(1))[0]!
    expect(email).toMatchObject({ subject: 'Come in', from: { name: 'Ada Lovelace' } })
    expect(email.text).toContain('> Two lines\n> of text\n')
    const [link = '', token = ''] = /\/invitation#(khi_[\w-]{43})/.exec(email.text ?? '') ?? []
    expect(email.html).toContain(`href="${publicUrl}${link}"`)
    for (const { text } of [before, after]) expect(text).not.toContain(token.slice(4))
    expect(before.json()).toMatchObject({
      items: [{ subject: 'Come in', text: null, html: null, links: [] }],
    })
    const accepted = await server.operator.post('/api/v1/invitations/accept', { token, sign_up: {} })
    expect(accepted.status).toBe(200)
  })
})

test.each([
  [1, 30_000],
  [2, 60_000],
  [5, 480_000],
  [8, 3_600_000],
  [40, 3_600_000],
])('after %i tries a mail waits %i milliseconds', (attempts, expected) => {
  expect(pauseAfter(attempts)).toBe(expected)
})
