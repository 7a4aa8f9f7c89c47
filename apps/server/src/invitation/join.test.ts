import { afterEach, describe, expect, test } from 'vitest'
import { carryingSession, startTestServer, testClient, publicUrl } from '@keyholder/testkit/server'
import { invited, mayView, newcomer, path, tokenTo } from './invitations.fixture.ts'

const lines: string[] = []
const server = await startTestServer({ onLog: (line) => lines.push(line) })
const { app, browser, database } = server
const password = 'a lamp above seven stairs'
const viewer = { default_role: { role: 'viewer' } }
const join = (token: string, more: object = {}, client = browser) =>
  client.post('/api/v1/invitations/join', { token, password, ...more })
const open = (token: string) => browser.post('/api/v1/invitations/open', { token })
const settings = (json: string) =>
  database.asOwner(`update accounts set settings = settings || $1::jsonb where slug = 'acme'`, [json])

afterEach(async () => {
  await database.asOwner(`update accounts set settings = settings - 'mfa' where slug = 'acme'`)
  await database.asOwner('delete from attempts')
})

describe('opening a link', () => {
  test('shows what is offered, and how long a password has to be', async () => {
    const { token, email } = await invited(server, { kind: 'home', ...viewer })
    const shown = (await open(token)).json()

    expect(shown).toMatchObject({
      account: { slug: 'acme' },
      kind: 'home',
      email,
      state: 'pending',
      inviter: { email: 'ada@acme.example' },
      roles: [{ role: 'Viewer', organization: null }],
      has_login: false,
      shortest_password: 15,
    })
    await settings('{"mfa": "everyone"}')
    expect((await open(token)).json()).toMatchObject({ shortest_password: 8 })
    expect((await open((await invited(server, viewer)).token)).json()).toMatchObject({
      shortest_password: 15,
    })
  })

  test('by programs that follow links uses nothing up', async () => {
    const { token } = await invited(server, viewer)
    for (const url of [`/invitation`, `/invitation?token=${token}`, '/api/v1/invitations/join']) {
      await server.anonymous.get(url)
    }

    expect((await open(token)).json()).toMatchObject({ state: 'pending' })
    expect((await join(token)).status).toBe(200)
  })
})

describe('joining', () => {
  test('at home makes a verified user who is signed in, in one step', async () => {
    const { token, email, id } = await invited(server, { kind: 'home', ...viewer })
    const reply = await join(token, { name: 'Nina', language: 'de' })
    const session = reply.json()
    const me = (await carryingSession(app, reply).get('/api/v1/me')).json()

    expect(session).toMatchObject({ user: { email, name: 'Nina' }, pending: null, first_factor: 'password' })
    expect(me).toMatchObject({ verified: true, home: 'acc_acme', language: 'de', has_password: true })
    expect(await mayView(server, me.id, 'acme')).toBe(true)
    expect((await server.events('acme')).slice(-2)).toMatchObject([
      { action: 'invitation.accept', target: { id }, actor: { kind: 'person', user: me.id } },
      { action: 'session.start', actor: { kind: 'person', user: me.id, session: session.id } },
    ])
    expect((await browser.post('/api/v1/sign-in/password', { email, password })).status).toBe(200)
  })

  test('from elsewhere makes a small account of one’s own, and no access to anything else', async () => {
    const { token } = await invited(server, viewer)
    const reply = await join(token, { account_name: 'Nina & Co' })
    const me = (await carryingSession(app, reply).get('/api/v1/me')).json()

    expect(me.accounts).toMatchObject([
      { name: 'Nina & Co', reached_by: 'home' },
      { slug: 'acme', reached_by: 'external' },
    ])
    expect(me.accounts).toHaveLength(2)
  })

  test('an account that asks for a second factor waits for it', async () => {
    await settings('{"mfa": "everyone"}')
    const { token } = await invited(server, { kind: 'home', ...viewer })
    const reply = await join(token, { password: 'tQ4?mZ8_' })
    const client = carryingSession(app, reply)

    expect(reply.json()).toMatchObject({ pending: 'set_up_mfa' })
    expect((await client.get('/api/v1/accounts/acme/members')).status).toBe(401)
    expect((await client.post('/api/v1/me/tokens/totp')).status).toBe(201)
  })

  test('happens once, by many at the same instant', async () => {
    const { token, email } = await invited(server, viewer)
    const replies = await Promise.all(Array.from({ length: 6 }, () => join(token)))

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ status }) => ![200, 409, 410].includes(status))).toEqual([])
    expect(await database.asOwner('select from users where email = $1', [email])).toHaveLength(1)
  })

  test('ends the session that the browser carried', async () => {
    for (const more of [{}, { accept: false }]) {
      const viv = await server.signIn('viv')
      const { token } = await invited(server, viewer)
      const reply = await join(token, more, viv)

      expect(reply.status).toBe(200)
      expect((await viv.get('/api/v1/session')).status).toBe(401)
    }
  })

  test('is not for pages of other sites', async () => {
    const { token } = await invited(server, viewer)
    const elsewhere = testClient(app, { origin: 'https://evil.example' })

    expect((await join(token, {}, elsewhere)).json()).toMatchObject({ code: 'cross_site_request' })
    expect((await join(token, {}, testClient(app, { origin: publicUrl }))).status).toBe(200)
  })

  test.each(['password', 'acme acme acme acme', 'nina nina new-nina'])(
    'takes no password that is easy to guess, and leaves the link as it was: %s',
    async (weak) => {
      const { token, email } = await invited(server, { kind: 'home', ...viewer })
      const reply = await join(token, { name: 'Nina', password: weak })

      expect([reply.status, reply.json().code]).toEqual([422, 'password_refused'])
      expect(await database.asOwner('select from users where email = $1', [email])).toEqual([])
      expect((await join(token)).status).toBe(200)
    },
  )

  test('is tried so often from one place and no more, whatever the link', async () => {
    const { token } = await invited(server, viewer)
    for (let made = 0; made < 100; made += 1) await join('made up')
    const reply = await join(token)

    expect([reply.status, reply.json().code]).toEqual([429, 'too_many_attempts'])
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    expect((await open(token)).json()).toMatchObject({ state: 'pending', has_login: false })
  })

  test('has the power that the inviter has now, and leaves nothing behind where that is none', async () => {
    const { token, email } = await invited(server, viewer, 'admin')
    const status = '/api/v1/accounts/acme/members/admin/status'
    await server.operator.put(status, { status: 'suspended' })
    const reply = await join(token)
    await server.operator.put(status, { status: 'active' })

    expect(reply.json()).toMatchObject({ code: 'invitation_not_backed' })
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(await database.asOwner('select from users where email = $1', [email])).toEqual([])
  })
})

describe('a login without an answer', () => {
  test('is made with accept: false, and the invitation still waits for it', async () => {
    const { token } = await invited(server, viewer)
    const nina = carryingSession(app, await join(token, { accept: false }))
    expect((await nina.get('/api/v1/me')).json().accounts).toMatchObject([{ reached_by: 'home' }])

    expect((await nina.post('/api/v1/invitations/decline', { token })).status).toBe(204)
    expect((await open(token)).json()).toMatchObject({ state: 'declined', has_login: true })
  })

  test.each(['revoked', 'expired'])(
    'is made with a link that is %s, which brings nothing else',
    async (how) => {
      const { token, id } = await invited(server, viewer)
      if (how === 'revoked') await server.as('ada').delete(`${path}/${id}`)
      else await database.asOwner('update invitations set expires_at = now() where id = $1', [id])

      const refused = await join(token)
      expect([refused.status, refused.headers['set-cookie']]).toEqual([410, undefined])
      const nina = carryingSession(app, await join(token, { accept: false }))
      const me = (await nina.get('/api/v1/me')).json()
      expect(me.accounts).toHaveLength(1)
      expect(await mayView(server, me.id, 'acme')).toBe(false)
      expect((await nina.post('/api/v1/invitations/accept', { token })).status).toBe(410)
    },
  )
})

test('the token and the password are in no answer, event, log line or row but the mail', async () => {
  const email = newcomer()
  await server.as('ada').post(path, { kind: 'home', email, ...viewer })
  const token = await tokenTo(server, email)
  const replies = [await open(token), await join(token, { password: 'short' }), await join(token)]
  const rows = await Promise.all(
    ['users', 'invitations', 'sessions', 'passwords', 'events', 'attempts'].map((table) =>
      database.asOwner(`select ${table}::text as row from ${table}`),
    ),
  )

  expect(replies.map(({ status }) => status)).toEqual([200, 422, 200])
  const everything = [
    ...replies.map(({ text, headers }) => text + JSON.stringify(headers)),
    ...lines,
    JSON.stringify(rows),
  ].join('\n')
  expect(everything).toContain(email)
  for (const secret of [token, token.slice(4), password]) expect(everything).not.toContain(secret)
})
