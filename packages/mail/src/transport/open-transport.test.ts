import { naughtyStrings, startMailServer } from '@keyholder/testkit/mail'
import { describe, expect, test } from 'vitest'
import type { Message } from '../message.ts'
import { everyMessage } from '../messages.fixture.ts'
import { renderMail } from '../render-mail.tsx'
import { openTransport, type Dispatch } from './open-transport.ts'
import { smtpOptions } from './smtp-options.ts'

const origin = { publicUrl: 'https://access.example.com', product: 'Keyholder' }
const from = { name: 'Keyholder', address: 'no-reply@access.example.com' }
/** On a machine that runs many tests at once. */
const patient = { connectionTimeout: 60_000, greetingTimeout: 60_000, socketTimeout: 60_000 }
const [invitation] = everyMessage('ja') as [Message]

function transportTo(url: string) {
  const options = smtpOptions(url)
  if (!options) throw new Error(`not an address: ${url}`)
  return openTransport({ ...options, ...patient }, from)
}

const dispatch = (change: object = {}, id = 'mail_1'): Dispatch => ({
  id,
  recipient: 'nina@nightowl.example',
  mail: renderMail({ ...invitation, ...change }, origin),
})

describe('a mail over SMTP', async () => {
  const server = await startMailServer({ login: { user: 'key holder', password: 'p@ss/word' } })
  const url = server.url.replace('key holder:p@ss/word', 'key%20holder:p%40ss%2Fword')
  const transport = transportTo(url)

  test('arrives as it was rendered, and says that a machine wrote it', async () => {
    const sent = dispatch()
    expect(await transport.send(sent)).toEqual({ kind: 'sent' })

    const { recipient, sender, email } = server.received.at(-1)!
    expect([recipient, sender]).toEqual(['nina@nightowl.example', 'no-reply@access.example.com'])
    expect(email).toMatchObject({
      messageId: '<mail_1@access.example.com>',
      from: { name: 'Frida Berg', address: 'no-reply@access.example.com' },
      to: [{ name: '', address: 'nina@nightowl.example' }],
      subject: 'Frida Berg さんから Contoso への招待',
    })
    expect(email.text?.trim()).toBe(sent.mail.text.trim())
    expect(email.html?.trim()).toBe(sent.mail.html)
    const headers = Object.fromEntries(email.headers.map(({ key, value }) => [key, value]))
    expect(headers).toMatchObject({ 'auto-submitted': 'auto-generated' })
  })

  test('is recognised when it is sent again', async () => {
    await transport.send(dispatch({}, 'mail_7'))
    await transport.send(dispatch({}, 'mail_7'))

    expect(server.received.slice(-2).map(({ email }) => email.messageId)).toEqual([
      '<mail_7@access.example.com>',
      '<mail_7@access.example.com>',
    ])
  })

  test('has the headers that it has, whatever people are called', async () => {
    await transport.send(dispatch())
    const keys = server.received.at(-1)!.email.headers.map(({ key }) => key)
    const short = naughtyStrings.filter((text) => text.length < 1000 && /[^\w\s]/.test(text))
    const written = ['Acme\r\nBcc: all@x.example', 'a\nb\r\n\r\nbody', ...short]

    for (const text of written) {
      const inviter = { name: text, email: 'frida@contoso.example' }
      const sent = dispatch({ account: { slug: 'acme', name: text }, subject: text, inviter })
      expect(await transport.send(sent)).toEqual({ kind: 'sent' })
      const { email, recipient } = server.received.at(-1)!
      expect(email.headers.map(({ key }) => key)).toEqual(keys)
      expect(recipient).toBe('nina@nightowl.example')
      expect(email.from?.address).toBe('no-reply@access.example.com')
      expect([email.subject, email.from?.name]).toEqual([sent.mail.subject, sent.mail.senderName])
    }
  })
})

describe('a mail that does not arrive', async () => {
  const server = await startMailServer()
  const transport = transportTo(server.url)

  test.each([
    ['knows no such recipient', 'recipient', 550, { kind: 'refused' }],
    ['will not have what it says', 'data', 554, { kind: 'refused' }],
    ['has no room for the recipient', 'recipient', 452, { kind: 'postponed', unreachable: false }],
    ['is busy', 'data', 451, { kind: 'postponed', unreachable: false }],
  ] as const)('because the server %s', async (_, at, code, expected) => {
    server.refuse(() => ({ at, code }))

    expect(await transport.send(dispatch())).toMatchObject({
      ...expected,
      reason: expect.stringContaining(String(code)) as string,
    })
    expect(server.received).toEqual([])
  })

  test('because nobody is there is worth another try', async () => {
    expect(await transportTo('smtp://127.0.0.1:1').send(dispatch())).toMatchObject({
      kind: 'postponed',
      unreachable: true,
    })
  })

  test('because the login is wrong is for the operator to mend, and worth another try', async () => {
    const strict = await startMailServer({ login: { user: 'ann', password: 'right' } })
    const sent = await transportTo(strict.url.replace('right', 'wrong')).send(dispatch())

    expect(sent).toMatchObject({ kind: 'postponed', unreachable: true })
    expect(JSON.stringify(sent)).not.toContain('wrong')
  })

  test('because nobody vouches for the server is not sent to it', async () => {
    const selfMade = await startMailServer({ tls: 'smtps' })

    expect(await transportTo(selfMade.url).send(dispatch())).toMatchObject({
      kind: 'postponed',
      unreachable: true,
    })
    expect(selfMade.received).toEqual([])
  })
})
