import { worldIds } from '@keyholder/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { carryingSession, startTestServer, testPassword, type TestReply } from '@keyholder/testkit/server'

const server = await startTestServer()
const { app, browser, database } = server
const path = '/api/v1/password-reset'
const email = 'viv@acme.example'
const password = 'a lamp above seven stairs'

beforeEach(async () => {
  for (const table of ['sessions', 'attempts', 'outbox', 'one_time_tokens', 'passwords', 'mfa_tokens']) {
    await database.asOwner(`delete from ${table}`)
  }
  await database.asOwner('update users set verified_at = now()')
})

interface Letter {
  readonly to: string
  readonly template: string
  readonly token?: string
}

/** The mails that have been written, once everything is done that no answer waited for. */
async function letters(): Promise<readonly Letter[]> {
  await server.settled()
  const rows = await database.asOwner<{ recipient: string; payload: Omit<Letter, 'to'> }>(
    'select recipient, payload from outbox order by created_at, id',
  )
  return rows.map(({ recipient, payload }) => ({ ...payload, to: recipient }))
}

/** Asks for a link as Viv, and opens the mail. */
async function linkOfViv(): Promise<string> {
  await browser.post(path, { email })
  const token = (await letters()).findLast(({ template }) => template === 'password_reset')?.token
  if (token === undefined) throw new Error('no mail with a link was written')
  return token
}

function confirm(token: string, wanted = password): Promise<TestReply> {
  return browser.post(`${path}/confirm`, { token, password: wanted })
}

function signIn(typed: string): Promise<TestReply> {
  return browser.post('/api/v1/sign-in/password', { email, password: typed })
}

function seen({ status, text, headers }: TestReply) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers
  return { status, text, headers: rest }
}

describe('asking for a new password', () => {
  test.each([
    'viv@acme.example',
    'nobody@acme.example',
    'viv',
    'viv@acme.example,eve@evil.example',
    'viv@acme.example\r\nBcc: eve@evil.example',
    'vіv@acme.example', // with a Cyrillic і
    'sven@acme.example', // suspended
  ])('is answered alike, whoever asks: %j', async (typed) => {
    const reply = await browser.post(path, { email: typed })

    expect(reply.status).toBe(202)
    expect(seen(reply)).toEqual(seen(await browser.post(path, { email: 'made@up.example' })))
    expect((await letters()).map(({ to }) => to)).toEqual(typed === email ? [email] : [])
  })

  test('takes one address, and no list of them', async () => {
    expect((await browser.post(path, { email: [email, 'eve@evil.example'] })).status).toBe(400)
    expect(await letters()).toEqual([])
  })

  test('sends to the address that is kept, however it was typed', async () => {
    await browser.post(path, { email: ' VIV@Acme.Example ' })

    expect(await letters()).toMatchObject([{ to: email, template: 'password_reset' }])
  })

  test('sends five links in a quarter of an hour, and then nothing more', async () => {
    for (let request = 0; request < 8; request += 1) {
      expect((await browser.post(path, { email })).status).toBe(202)
    }

    expect(await letters()).toHaveLength(5)
  })

  test('sends nothing to an address that somebody with a password has never proved', async () => {
    await server.signIn('viv')
    await database.asOwner('update users set verified_at = null')
    await browser.post(path, { email })
    expect(await letters()).toEqual([])

    // Somebody who was added by an administrator has no password yet, and gets in by the link.
    await database.asOwner('delete from passwords')
    await browser.post(path, { email })
    expect(await letters()).toMatchObject([{ to: email }])
  })

  test('keeps nothing of the link but its hash, and tells it to no log', async () => {
    const token = await linkOfViv()
    const rows = await database.asOwner<{ row: string }>(
      'select one_time_tokens::text as row from one_time_tokens',
    )

    expect(token).toMatch(/^khr_[A-Za-z0-9_-]{43}$/)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify([rows, await server.events('acme')])).not.toContain(token)
  })
})

describe('a link for a new password', () => {
  test('sets it, ends every session, and signs nobody in', async () => {
    const open = await server.signIn('viv')
    const reply = await confirm(await linkOfViv())

    expect(reply.status).toBe(204)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect((await open.get('/api/v1/session')).status).toBe(401)
    expect((await signIn(testPassword)).status).toBe(401)
    expect((await signIn(password)).status).toBe(200)
    expect((await letters()).map(({ template }) => template)).toEqual(['password_reset', 'password_changed'])
    expect(await server.events('acme')).toContainEqual(
      expect.objectContaining({
        action: 'password_reset.confirm',
        actor: { kind: 'person', user: worldIds.user('viv') },
      }),
    )
  })

  test('does not stand for the second factor', async () => {
    await database.asOwner(
      `insert into mfa_tokens (id, user_id, kind, name, confirmed_at, sealed_secret)
       values ('mft_one', $1, 'totp', 'Phone', now(), 'sealed')`,
      [worldIds.user('viv')],
    )
    await confirm(await linkOfViv())

    expect((await signIn(password)).json()).toMatchObject({ pending: 'second_factor' })
  })

  test('works once', async () => {
    const token = await linkOfViv()
    const replies = await Promise.all(Array.from({ length: 5 }, () => confirm(token)))

    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
    expect((await confirm(token)).json()).toMatchObject({ code: 'reset_link_dead' })
  })

  test('is dead after the next one, after its hour, and after the address was changed', async () => {
    const dead = { code: 'reset_link_dead' }
    const first = await linkOfViv()
    const second = await linkOfViv()
    expect((await confirm(first)).json()).toMatchObject(dead)

    await database.asOwner(`update users set email = 'vivian@acme.example' where email = $1`, [email])
    expect((await confirm(second)).json()).toMatchObject(dead)
    await database.asOwner(`update users set email = $1 where email = 'vivian@acme.example'`, [email])

    const third = await linkOfViv()
    await database.asOwner('update one_time_tokens set expires_at = clock_timestamp()')
    expect((await confirm(third)).json()).toMatchObject(dead)
  })

  test('that nobody sent is answered as one that is dead, whatever the password', async () => {
    const reply = await confirm(`khr_${'A'.repeat(43)}`, 'password')

    expect(reply.json()).toMatchObject({ code: 'reset_link_dead' })
  })

  test.each([
    { wanted: 'passwordpassword1', fault: 'password_listed' },
    { wanted: 'too short', fault: 'password_too_short' },
    { wanted: 'viv@acme.example acme', fault: 'password_about_you' },
    { wanted: 'x'.repeat(1_000), fault: 'password_too_long' },
  ])('sets no password that is easy to guess, and can be used again: $fault', async ({ wanted, fault }) => {
    const token = await linkOfViv()
    const reply = await confirm(token, wanted)

    expect(reply.status).toBe(422)
    expect(reply.json()).toMatchObject({
      code: 'password_refused',
      shortest: 15,
      faults: expect.arrayContaining([{ code: fault, detail: expect.stringMatching(/: .+\.$/) }]),
    })
    expect((await confirm(token)).status).toBe(204)
  })

  test('takes no password of a megabyte', async () => {
    expect((await confirm(await linkOfViv(), 'x'.repeat(900_000))).status).toBe(400)
  })

  test('opens the door again that wrong guesses have shut', async () => {
    const token = await linkOfViv()
    for (let guess = 0; guess < 11; guess += 1) await signIn('a guess in the dark')
    expect((await signIn(password)).status).toBe(429)
    await confirm(token)

    expect((await signIn(password)).status).toBe(200)
  })
})

describe('setting one’s own password', () => {
  test('ends the other sessions, makes old links dead, and is told by mail', async () => {
    const other = await server.signIn('viv')
    const client = await server.signIn('viv')
    const token = await linkOfViv()

    const changed = await client.put('/api/v1/me/password', { password })
    expect(changed.status).toBe(204)
    expect((await other.get('/api/v1/session')).status).toBe(401)
    expect((await carryingSession(app, changed).get('/api/v1/session')).status).toBe(200)
    expect((await confirm(token)).json()).toMatchObject({ code: 'reset_link_dead' })
    expect((await letters()).at(-1)).toMatchObject({ to: email, template: 'password_changed' })
    expect((await signIn(password)).status).toBe(200)
  })

  test('takes eight characters where the account asks for a second factor', async () => {
    const client = await server.signIn('viv')
    const short = 'tQ4?mZ8_'
    expect((await client.put('/api/v1/me/password', { password: short })).json()).toMatchObject({
      code: 'password_refused',
      shortest: 15,
    })
    await database.asOwner(
      `update accounts set settings = settings || '{"mfa": "everyone"}' where slug = 'acme'`,
    )
    const reply = await client.put('/api/v1/me/password', { password: short })
    await database.asOwner(`update accounts set settings = settings - 'mfa' where slug = 'acme'`)

    expect(reply.status).toBe(204)
  })

  test('is no matter of keys, and none of a session of long ago', async () => {
    const client = carryingSession(app, await server.signIn('viv').then(() => signIn(testPassword)))
    await database.asOwner(`update sessions set first_factor_at = now() - interval '11 minutes'`)

    expect((await client.put('/api/v1/me/password', { password })).json()).toMatchObject({
      code: 'step_up_required',
    })
    expect((await server.as('viv').put('/api/v1/me/password', { password })).json()).toMatchObject({
      code: 'session_required',
    })
  })
})
