import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import {
  carryingSession,
  giveTestPassword,
  publicUrl,
  sessionCookieIn,
  startTestNode,
  startTestServer,
  testClient,
  testPassword,
  totpCode,
} from '@keyholder/testkit/server'
import { EmulatedKey } from '../mfa/webauthn/emulated-key.fixture.ts'
import { mostGuesses, mostGuessesFrom, mostGuessesInARow } from '../session/attempt-limits.ts'

/*
 * T30: somebody guesses a password as fast as they can, on every node and from many addresses; or, where they know it,
 * the second factor.
 */

const server = await startTestServer()
const other = startTestNode(server)
const nodes = [server, other]
for (const user of ['viv', 'kim', 'admin', 'rita']) await giveTestPassword(server.db, worldIds.user(user))

interface Guess {
  readonly email: string
  readonly password?: string
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Tries a password at one of the nodes, from some address of the network. */
async function guess(number: number, { email, password = `wrong ${number}`, from, headers }: Guess) {
  const { http } = (nodes[number % nodes.length] ?? server).app
  const reply = await http.inject({
    method: 'POST',
    url: '/api/v1/sign-in/password',
    remoteAddress: from ?? `10.0.${Math.floor(number / 200)}.${number % 200}`,
    headers: { origin: publicUrl, ...headers },
    payload: { email, password },
  })
  return { status: reply.statusCode, retryAfter: reply.headers['retry-after'] }
}

const reset = () => server.database.asOwner('delete from attempts')
const looked = (replies: readonly { status: number }[]) =>
  replies.filter(({ status }) => status === 401).length

describe('guessing somebody’s password', () => {
  test('is looked at a few times only, however many guesses come at once on two nodes from 200 addresses', async () => {
    const email = 'viv@acme.example'
    const replies = await Promise.all(Array.from({ length: 2_000 }, (_, number) => guess(number, { email })))
    const { status, retryAfter } = await guess(0, { email })

    expect(looked(replies)).toBe(mostGuesses)
    expect(replies.filter(({ status: answered }) => answered === 429)).toHaveLength(2_000 - mostGuesses)
    expect([status, Number(retryAfter) > 0]).toEqual([429, true])
  })

  test('counts however the address is written', async () => {
    await reset()
    const written = ['kim@acme.example', 'KIM@ACME.EXAMPLE', ' kim@acme.example', 'Kim@Acme.Example ']
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, number) => guess(number, { email: written[number % 4] ?? '' })),
    )

    expect(looked(replies)).toBe(mostGuesses)
  })

  test('begins anew for whoever was right, and for nobody else', async () => {
    await reset()
    const rita = { email: 'rita@acme.example', from: '10.9.9.9' }
    for (let round = 0; round < 3; round++) {
      for (let wrong = 0; wrong < mostGuesses - 1; wrong++) await guess(wrong, rita)
      expect((await guess(0, { ...rita, password: testPassword })).status).toBe(200)
    }
  })

  test('slowly, over days, is looked at a hundred times and no more', async () => {
    await reset()
    const admin = { email: 'admin@acme.example' }
    let taken = 0
    for (let period = 0; period < 12; period++) {
      const replies = await Promise.all(Array.from({ length: 10 }, (_, number) => guess(number, admin)))
      taken += looked(replies)
      await server.database.asOwner(`update attempts set since = since - interval '15 minutes'`)
    }

    expect(taken).toBe(mostGuessesInARow)
    expect((await guess(0, { ...admin, password: testPassword })).status).toBe(429)
  })
})

describe('guessing somebody’s one-time code, with their password', () => {
  const totp = '/api/v1/session/totp'
  const tokens = '/api/v1/me/tokens'

  /** A sign-in that waits for its second factor, in browsers that ask either node. */
  async function halfSession() {
    const body = { email: 'rita@acme.example', password: testPassword }
    const cookie = sessionCookieIn(await server.browser.post('/api/v1/sign-in/password', body))
    return nodes.map(({ app }) => testClient(app, { origin: publicUrl, cookie }))
  }

  /** Tries wrong codes in one new sign-in after another, many at once in each; tells how each was answered. */
  async function guessCodes(): Promise<readonly string[]> {
    const answered: string[] = []
    for (let round = 0; round < 4; round++) {
      const clients = await halfSession()
      const replies = await Promise.all(
        Array.from({ length: 10 }, () =>
          clients.map((client) => client.post(totp, { code: 'abcdef' })),
        ).flat(),
      )
      answered.push(...replies.map((reply) => String(reply.json()['code'])))
    }
    return answered
  }

  /** A code of one period ahead, which is taken already: a slow machine is in time with it. */
  async function codeOf(secret: string): Promise<string> {
    const [row] = await server.database.asOwner<{ at: string }>(
      'select extract(epoch from clock_timestamp()) * 1000 as at',
    )
    await server.database.asOwner('update mfa_tokens set last_step = 0')
    return totpCode(secret, Number(row?.at) + 30_000)
  }

  /** Gives rita a generator of codes, a hardware key and recovery codes, and nobody has guessed yet. */
  async function withSecondFactors() {
    await server.database.asOwner('delete from mfa_tokens')
    await reset()
    const begin = await server.signIn('rita')
    const { token, secret } = (await begin.post(`${tokens}/totp`)).json<{ token: string; secret: string }>()
    const confirmed = await begin.post(`${tokens}/totp/${token}/confirm`, { code: await codeOf(secret) })
    const key = new EmulatedKey(publicUrl)
    const next = carryingSession(server.app, confirmed)
    const asked = (await next.post(`${tokens}/security-key/challenge`)).json<{
      challenge: string
      options: Parameters<EmulatedKey['create']>[0]
    }>()
    const added = await next.post(`${tokens}/security-key`, {
      challenge: asked.challenge,
      response: key.create(asked.options),
      name: 'Blue',
    })
    const made = await carryingSession(server.app, added).post('/api/v1/me/recovery-codes')
    const [code = ''] = made.json<{ codes: string[] }>().codes
    return { secret, key, code }
  }

  test('is looked at a few times only, on two nodes at once, however often the password is given in between', async () => {
    const { secret } = await withSecondFactors()
    const answered = await guessCodes()
    const [here, there] = await halfSession()
    const right = await codeOf(secret)

    expect(answered.filter((code) => code === 'proof_refused')).toHaveLength(mostGuesses)
    expect(answered.filter((code) => code === 'too_many_attempts')).toHaveLength(80 - mostGuesses)
    expect((await here?.post(totp, { code: right }))?.status).toBe(429)
    expect((await there?.post(totp, { code: right }))?.status).toBe(429)
  })

  test('leaves its owner the recovery codes', async () => {
    const { secret, code } = await withSecondFactors()
    await guessCodes()
    const [client] = await halfSession()
    expect((await client?.post('/api/v1/session/recovery-code', { code }))?.status).toBe(200)

    const [next] = await halfSession()
    expect((await next?.post(totp, { code: await codeOf(secret) }))?.status).toBe(200)
  })

  test('leaves its owner the hardware key', async () => {
    const { secret, key } = await withSecondFactors()
    await guessCodes()
    const path = '/api/v1/session/security-key'
    const [client] = await halfSession()
    const asked = (await client?.post(`${path}/challenge`))?.json<{
      challenge: string
      options: Parameters<EmulatedKey['get']>[0]
    }>()
    if (!asked) throw new Error('there is no node')
    const body = { challenge: asked.challenge, response: key.get(asked.options) }
    expect((await client?.post(path, body))?.status).toBe(200)

    const [next] = await halfSession()
    expect((await next?.post(totp, { code: await codeOf(secret) }))?.status).toBe(200)
  })
})

describe('guessing from one address of the network', () => {
  test('at everybody’s password is bounded too', async () => {
    await reset()
    const replies = await Promise.all(
      Array.from({ length: mostGuessesFrom + 50 }, (_, number) =>
        guess(number, { email: `nobody-${number}@acme.example`, from: '10.1.1.1' }),
      ),
    )

    expect(replies.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(50)
    expect((await guess(0, { email: 'nobody@acme.example', from: '10.1.1.2' })).status).toBe(401)
  })

  test.each(['203.0.113.7', 'not an address', '203.0.113.7, 203.0.113.8', ''])(
    'is not made to look like another by a header that says %j',
    async (forwarded) => {
      await reset()
      const headers = { 'x-forwarded-for': forwarded, forwarded: `for=${forwarded}` }
      await Promise.all(
        Array.from({ length: mostGuessesFrom }, (_, number) =>
          guess(number, { email: `nobody-${number}@acme.example`, from: '10.1.1.1', headers }),
        ),
      )

      expect((await guess(0, { email: 'kim@acme.example', from: '10.1.1.1', headers })).status).toBe(429)
    },
  )
})
