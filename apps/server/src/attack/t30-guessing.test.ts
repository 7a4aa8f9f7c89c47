import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import {
  giveTestPassword,
  publicUrl,
  startTestNode,
  startTestServer,
  testPassword,
} from '@keyholder/testkit/server'
import { mostGuesses, mostGuessesFrom, mostGuessesInARow } from '../session/attempt-limits.ts'

/*
 * T30: somebody guesses a password as fast as they can, on every node and from many addresses.
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
