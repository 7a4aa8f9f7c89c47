import { describe, expect, test } from 'vitest'
import {
  browserOf,
  carryingSession,
  publicUrl,
  sessionCookieIn,
  startTestNode,
  startTestServer,
  testClient,
  testPassword,
  type TestClient,
} from '@keyholder/testkit/server'

/*
 * T24: somebody plants a session in another's browser before they sign in, or keeps one after they sign out.
 */

const server = await startTestServer()
const other = startTestNode(server)
await server.signIn('viv')
const viv = { email: 'viv@acme.example', password: testPassword }
const path = '/api/v1/sign-in/password'
const atOther = (cookie: string) => testClient(other.app, { origin: publicUrl, cookie })
const isIn = async (client: TestClient) => (await client.get('/api/v1/session')).status === 200

describe('a cookie that was planted', () => {
  test.each([
    { what: 'of our form', planted: `__Host-keyholder=khs_${'A'.repeat(43)}` },
    { what: 'of another name', planted: `keyholder=khs_${'A'.repeat(43)}` },
    {
      what: 'twice',
      planted: `__Host-keyholder=khs_${'A'.repeat(43)}; __Host-keyholder=khs_${'B'.repeat(43)}`,
    },
  ])('$what is worth nothing after the sign-in', async ({ planted }) => {
    const reply = await browserOf(server.app).with({ cookie: planted }).post(path, viv)

    expect(reply.status).toBe(200)
    expect(sessionCookieIn(reply)).not.toContain('AAAA')
    expect(await isIn(testClient(server.app, { origin: publicUrl, cookie: planted }))).toBe(false)
  })

  test('of a stranger’s own session does not become the session of whoever signs in with it', async () => {
    await server.signIn('gus')
    const strangers = await server.browser.post(path, { email: 'gus@globex.example', password: testPassword })
    const cookie = sessionCookieIn(strangers)
    const reply = await browserOf(server.app).with({ cookie }).post(path, viv)

    expect(sessionCookieIn(reply)).not.toBe(cookie)
    expect(await isIn(testClient(server.app, { origin: publicUrl, cookie }))).toBe(false)
  })
})

describe('the token of before', () => {
  test('is dead on both nodes after each step', async () => {
    const first = await server.browser.post(path, viv)
    const second = await carryingSession(server.app, first).post('/api/v1/session/password', {
      password: testPassword,
    })

    expect(await isIn(atOther(sessionCookieIn(first)))).toBe(false)
    expect(await isIn(carryingSession(server.app, first))).toBe(false)
    expect(await isIn(atOther(sessionCookieIn(second)))).toBe(true)
  })

  test('is dead on the other node after signing out', async () => {
    const reply = await server.browser.post(path, viv)
    const cookie = sessionCookieIn(reply)
    expect(await isIn(atOther(cookie))).toBe(true)
    await carryingSession(server.app, reply).delete('/api/v1/session')

    expect(await isIn(atOther(cookie))).toBe(false)
    expect(await isIn(testClient(server.app, { origin: publicUrl, cookie }))).toBe(false)
  })

  test('goes only once into a step, by however many at the same instant', async () => {
    const client = carryingSession(server.app, await server.browser.post(path, viv))
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => client.post('/api/v1/session/password', { password: testPassword })),
    )

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(4)
  })
})
