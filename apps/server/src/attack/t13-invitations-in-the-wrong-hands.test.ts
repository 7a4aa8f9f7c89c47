import { beforeEach, describe, expect, test } from 'vitest'
import {
  carryingSession,
  startTestServer,
  testPassword,
  type TestClient,
  type TestReply,
} from '@keyholder/testkit/server'

/*
 * T13: an invitation to one address, in the hands of somebody with another. The link alone makes a login of the invited
 * address; whoever has a login answers with a session whose verified address is that one, in the normal form of
 * packages/core/src/user/email.ts.
 */

const server = await startTestServer()
const { database, browser } = server
const gus = await server.signIn('gus')
const invited = 'bob@x.test'
const password = 'a lamp above seven stairs'
const madeUp = `khi_${'A'.repeat(43)}`

beforeEach(async () => {
  await server.as('ada').delete('/api/v1/accounts/acme/members/usr_gus')
  await database.asOwner('delete from invitations')
  await gusIs('gus@globex.example')
})

async function gusIs(email: string, verified = true): Promise<void> {
  await database.asOwner(`update users set email = $1, verified_at = $2 where id = 'usr_gus'`, [
    email,
    verified ? new Date(0) : null,
  ])
}

async function tokenFor(email: unknown = invited, kind = 'external'): Promise<string> {
  const reply = await server
    .as('ada')
    .post('/api/v1/accounts/acme/invitations', { kind, email, default_role: { role: 'viewer' } })
  expect(reply.status).toBe(201)
  const query = { recipient: reply.json().email as string, limit: '1' }
  const mails = await server.operator.get('/api/v1/outbox', { query })
  return String(mails.json().items[0].links[0]).split('#')[1] ?? ''
}

const answers = ['lookup', 'accept', 'decline'] as const
const answerBy = (client: TestClient, how: (typeof answers)[number], token: string) =>
  client.post(`/api/v1/invitations/${how}`, { token })
const join = (token: string, more: object = {}) =>
  browser.post('/api/v1/invitations/join', { token, password, ...more })

/** What a stranger can tell answers apart by. */
function seen({ status, text, headers }: TestReply) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers
  return { status, text, headers: rest }
}

async function isMember(): Promise<boolean> {
  const rows = await database.asOwner(
    `select from memberships where account_id = 'acc_acme' and user_id = 'usr_gus'`,
  )
  return rows.length === 1
}

describe('with a session, an invitation is answered by nobody', () => {
  test.each([
    { whose: 'address is another one', email: 'gus@globex.example' },
    { whose: 'address is that one, and not verified', email: invited, verified: false },
    { whose: 'address has a part after a plus', email: 'bob+1@x.test' },
    { whose: 'address has a Cyrillic letter', email: 'b\u043eb@x.test' },
    { whose: 'domain has a letter that looks alike', email: 'bob@\u0445.test' },
    { whose: 'domain looks alike, in its other form', email: 'bob@xn--x1a.test' },
    { whose: 'domain ends in a dot', email: 'bob@x.test.' },
    { whose: 'address goes on after a line', email: 'bob@x.test\nm@m.test' },
    { whose: 'address is a list', email: 'bob@x.test,m@m.test' },
    { whose: 'address is under the invited domain', email: 'bob@x.test.m.test' },
  ])('whose $whose', async ({ email, verified }) => {
    const token = await tokenFor()
    await gusIs(email, verified)

    for (const how of answers) {
      const [real, invented] = [await answerBy(gus, how, token), await answerBy(gus, how, madeUp)]
      expect(real.status).toBe(404)
      expect(seen(real)).toEqual(seen(invented))
    }
    expect(await isMember()).toBe(false)

    await gusIs(invited)
    expect((await answerBy(gus, 'accept', token)).status).toBe(200)
    expect(await isMember()).toBe(true)
  })

  test('who has only begun to sign in', async () => {
    const token = await tokenFor()
    await gusIs(invited)
    await database.asOwner(`update sessions set pending = 'set_up_mfa' where user_id = 'usr_gus'`)
    const pending = await answerBy(gus, 'accept', token)
    await database.asOwner(`update sessions set pending = null where user_id = 'usr_gus'`)

    expect(pending.status).toBe(401)
    expect((await answerBy(gus, 'accept', token)).status).toBe(200)
  })
})

describe('an address is the same', () => {
  test.each(['BOB@x.test', ' bob@X.TEST ', 'ｂｏｂ@x.test'])('however it is written: %s', async (email) => {
    const token = await tokenFor(email)
    await gusIs(invited)

    expect((await answerBy(gus, 'accept', token)).status).toBe(200)
    expect(await isMember()).toBe(true)
  })

  test.each([
    ['with a zero byte', 'bob@x.test\0'],
    ['as a list', ['bob@x.test', 'm@m.test']],
    ['as two in one', 'bob@x.test,m@m.test'],
    ['with a dot at its end', 'bob@x.test.'],
  ])('and nobody is invited by one that two programs read differently: %s', async (_, email) => {
    const body = { kind: 'external', email }
    const reply = await server.as('ada').post('/api/v1/accounts/acme/invitations', body)

    expect(reply.status).toBeOneOf([400, 422])
    expect(await database.asOwner('select from invitations')).toEqual([])
  })
})

describe('the link alone', () => {
  test('makes a login of the invited address, signed in and with what was offered', async () => {
    const token = await tokenFor('carol@x.test')
    const reply = await join(token, { name: 'Carol' })
    const carol = carryingSession(server.app, reply)

    expect(reply.json()).toMatchObject({ user: { email: 'carol@x.test', name: 'Carol' }, pending: null })
    expect((await carol.get('/api/v1/me')).json()).toMatchObject({
      verified: true,
      accounts: [{ reached_by: 'home' }, { slug: 'acme', reached_by: 'external' }],
    })
  })

  test.each([
    { email: 'm@m.test' },
    { email: ['carla@x.test', 'm@m.test'] },
    { sign_up: { email: 'm@m.test' } },
    { user: 'usr_gus' },
    { verified_at: null },
  ])('makes none of an address that the form chooses: %j', async (more) => {
    const token = await tokenFor('carla@x.test')

    expect((await join(token, more)).status).toBe(400)
    expect(await database.asOwner(`select from users where email in ('m@m.test', 'carla@x.test')`)).toEqual(
      [],
    )
  })

  test('makes none where the address has a login, and does not sign in with it', async () => {
    await gusIs(invited)
    const token = await tokenFor()
    const reply = await join(token)

    expect([reply.status, reply.json().code]).toEqual([409, 'invitation_login_exists'])
    expect(reply.headers['set-cookie']).toBeUndefined()
    const signedIn = await browser.post('/api/v1/sign-in/password', { email: invited, password })
    expect(signedIn.status).toBe(401)
    expect(
      (await browser.post('/api/v1/sign-in/password', { email: invited, password: testPassword })).status,
    ).toBe(200)
  })

  test('that nobody was sent is answered like every other one', async () => {
    const bodies = [madeUp, 'x', `${await tokenFor('dora@x.test')}x`]
    const replies = await Promise.all(bodies.map((token) => join(token)))
    const opened = await Promise.all(
      bodies.map((token) => browser.post('/api/v1/invitations/open', { token })),
    )

    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(new Set([...replies, ...opened].map(({ text }) => text)).size).toBe(1)
    expect(await database.asOwner(`select from users where email = 'dora@x.test'`)).toEqual([])
  })
})
