import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { callbackify } from 'node:util'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { afterAll } from 'vitest'

export interface ReceivedMail {
  /** To whom the envelope is addressed. */
  readonly recipient: string
  readonly sender: string
  readonly email: Email
  /** As it came over the wire. */
  readonly raw: string
}

/** What the server says instead of taking a mail. */
export interface Refusal {
  readonly at: 'recipient' | 'data'
  /** Below 500 for now, from 500 on for good. */
  readonly code: number
}

export interface MailServer {
  /** For `SMTP_URL`. */
  readonly url: string
  /** In the order of their coming. */
  readonly received: readonly ReceivedMail[]
  /** Resolves when this many mails have come. */
  arrived(count: number): Promise<readonly ReceivedMail[]>
  /** Decides on each try to deliver; the first one is 1. */
  refuse(decide: (recipient: string, attempt: number) => Refusal | undefined): void
}

interface MailServerOptions {
  /** With a certificate of its own making; `starttls` offers it, `smtps` begins with it. */
  readonly tls?: 'none' | 'starttls' | 'smtps'
  readonly login?: { readonly user: string; readonly password: string }
}

/** A mail server on loopback that keeps what it is given; gone when the tests of the file are over. */
export async function startMailServer({ tls = 'none', login }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const attempts = new Map<string, number>()
  let decide: Parameters<MailServer['refuse']>[0] = () => undefined

  const server = new SMTPServer({
    secure: tls === 'smtps',
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
    onAuth: ({ username, password }, _, done) =>
      username === login?.user && password === login?.password
        ? done(null, { user: username })
        : done(new Error('unknown login')),
    onRcptTo: ({ address }, _, done) => {
      attempts.set(address, (attempts.get(address) ?? 0) + 1)
      done(refusalAt('recipient', address))
    },
    onData: callbackify(keep),
  })
  server.on('error', () => {}) // a client that goes away in the middle is that client's matter

  function refusalAt(place: Refusal['at'], recipient: string): Error | null {
    const refusal = decide(recipient, attempts.get(recipient) ?? 1)
    if (refusal?.at !== place) return null
    return Object.assign(new Error('not today'), { responseCode: refusal.code })
  }

  async function keep(
    stream: SMTPServerDataStream,
    { envelope: { rcptTo, mailFrom } }: SMTPServerSession,
  ): Promise<void> {
    const raw = Buffer.concat((await stream.toArray()) as Buffer[]).toString()
    const recipient = rcptTo[0]?.address ?? ''
    const refusal = refusalAt('data', recipient)
    if (refusal) throw refusal
    const sender = mailFrom === false ? '' : mailFrom.address
    received.push({ recipient, sender, raw, email: await PostalMime.parse(raw) })
    for (const { count, resolve } of waiting) if (received.length >= count) resolve()
  }

  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)))
  const { port } = server.server.address() as AddressInfo
  const credentials = login ? `${login.user}:${login.password}@` : ''
  return {
    url: `${tls === 'smtps' ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${port}`,
    received,
    arrived: async (count) => {
      if (received.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }))
      return received
    },
    refuse: (decision) => {
      decide = decision
    },
  }
}
