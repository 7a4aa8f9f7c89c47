import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import {
  carryingSession,
  giveTestPassword,
  sessionCookieIn,
  startTestServer,
  testPassword,
} from '@keyholder/testkit/server'

const server = await startTestServer()
const { browser, database, db } = server
await giveTestPassword(db, worldIds.user('viv'))
await giveTestPassword(db, worldIds.user('sven'))

const path = '/api/v1/sign-in/password'
const viv = { email: 'viv@acme.example', password: testPassword }

describe('signing in with a password', () => {
  test('gives the browser a session that page scripts cannot read', async () => {
    const reply = await browser.post(path, viv)

    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({
      user: { id: worldIds.user('viv'), email: viv.email },
      pending: null,
      first_factor: 'password',
      second_factor: null,
    })
    expect(reply.headers['set-cookie']).toMatch(
      /^__Host-keyholder=khs_[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  test('opens what the person may do, and tells the log who came', async () => {
    const client = carryingSession(server.app, await browser.post(path, viv))

    expect((await client.get('/api/v1/accounts/acme/organizations')).status).toBe(200)
    expect((await client.post('/api/v1/accounts/acme/organizations', { key: 'x', name: 'X' })).status).toBe(
      403,
    )
    expect(await server.events('acme')).toContainEqual(
      expect.objectContaining({
        action: 'session.start',
        actor: expect.objectContaining({ user: worldIds.user('viv') }),
      }),
    )
  })

  test('keeps nothing of the session but its hash', async () => {
    const cookie = sessionCookieIn(await browser.post(path, viv))
    const token = cookie.slice('__Host-keyholder='.length)
    const rows = await database.asOwner<{ row: string }>('select sessions::text as row from sessions')

    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ row }) => row.includes(token))).toEqual([])
  })

  test.each([
    { who: 'another password', body: { ...viv, password: 'a quiet harbour at dawn' } },
    { who: 'nobody’s address', body: { ...viv, email: 'nobody@acme.example' } },
    { who: 'no address at all', body: { ...viv, email: 'viv' } },
    { who: 'somebody without a password', body: { ...viv, email: 'ada@acme.example' } },
    { who: 'somebody suspended at home', body: { ...viv, email: 'sven@acme.example' } },
  ])('is answered alike for $who', async ({ body }) => {
    const reply = await browser.post(path, body)
    const madeUp = await browser.post(path, {
      email: 'somebody@else.example',
      password: 'made up altogether',
    })

    expect(reply.status).toBe(401)
    expect(reply.text).toBe(madeUp.text)
    expect(reply.headers['set-cookie']).toBeUndefined()
  })

  test('finds an address however it is written', async () => {
    expect((await browser.post(path, { ...viv, email: ' VIV@Acme.Example ' })).status).toBe(200)
  })

  test('ends the session that the browser carried before', async () => {
    const first = carryingSession(server.app, await browser.post(path, viv))
    const second = carryingSession(server.app, await first.post(path, viv))

    expect((await first.get('/api/v1/session')).status).toBe(401)
    expect((await second.get('/api/v1/session')).status).toBe(200)
  })
})

describe('a session', () => {
  test('is over once the person signs out, and the cookie with it', async () => {
    const client = await server.signIn('viv')
    const reply = await client.delete('/api/v1/session')

    expect(reply.status).toBe(204)
    expect(reply.headers['set-cookie']).toMatch(/^__Host-keyholder=; Max-Age=0;/)
    expect((await client.get('/api/v1/session')).json()).toMatchObject({ code: 'session_invalid' })
  })

  test('goes on under a new token when the password is proven again', async () => {
    const client = await server.signIn('viv')
    const reply = await client.post('/api/v1/session/password', { password: testPassword })
    const next = carryingSession(server.app, reply)

    expect(reply.status).toBe(200)
    expect((await client.get('/api/v1/session')).status).toBe(401)
    expect((await next.get('/api/v1/session')).json()).toMatchObject({ id: reply.json()['id'] })
  })

  test('stays where the password is proven wrongly', async () => {
    const client = await server.signIn('viv')
    const reply = await client.post('/api/v1/session/password', { password: 'something else entirely' })

    expect(reply.json()).toMatchObject({ code: 'proof_refused' })
    expect((await client.get('/api/v1/session')).status).toBe(200)
  })

  test('does not come together with a key', async () => {
    const client = (await server.signIn('viv')).with({ authorization: `Bearer ${server.operatorKey.secret}` })

    expect((await client.get('/api/v1/accounts/acme')).json()).toMatchObject({ code: 'two_credentials' })
  })

  test('is of a person, and no key takes its place', async () => {
    expect((await server.as('viv').get('/api/v1/me')).json()).toMatchObject({ code: 'session_required' })
  })
})
