import { beforeEach, describe, expect, test } from 'vitest'
import { holdCredentials, lockAccounts, transaction } from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import {
  carryingSession,
  publicUrl,
  sessionCookieIn,
  startTestNode,
  startTestServer,
  testClient,
  testPassword,
  totpCode,
  type TestClient,
  type TestReply,
} from '@keyholder/testkit/server'

/*
 * T24: somebody has copied the cookie of a session. Whoever sits there changes what they sign in with to throw them
 * out, and is left alone with the session; and a session that was ended meanwhile changes nothing any more.
 */

const server = await startTestServer()
const other = startTestNode(server)
const { app, database, db } = server
const viv = worldIds.user('viv')
const tokens = '/api/v1/me/tokens'

await database.asOwner(
  `insert into sso_connections (account_id, id, kind, name, provider) values ('acc_acme', 'sso_acme', 'oidc', '', '{}')`,
)

beforeEach(async () => {
  for (const table of ['mfa_tokens', 'sessions', 'attempts', 'outbox', 'one_time_tokens', 'sso_identities']) {
    await database.asOwner(`delete from ${table}`)
  }
  await database.asOwner(
    `insert into sso_identities (account_id, id, connection_id, subject, user_id)
     values ('acc_acme', 'sid_viv', 'sso_acme', 'viv', $1)`,
    [viv],
  )
  await database.asOwner('update users set email = $2 where id = $1', [viv, 'viv@acme.example'])
})

/** What somebody does to their credentials in a session, which they come to by some steps before. */
interface Deed {
  readonly what: string
  readonly path: (prepared: string) => string
  readonly method: 'put' | 'post' | 'delete'
  readonly body?: (prepared: string) => object
  readonly before?: (client: TestClient) => Promise<{ readonly reply?: TestReply; readonly prepared: string }>
}

const deeds: readonly Deed[] = [
  {
    what: 'a new password',
    method: 'put',
    path: () => '/api/v1/me/password',
    body: () => ({ password: 'nine lanterns over wet cobbles' }),
  },
  {
    what: 'a second factor taken away',
    method: 'delete',
    path: (token) => `${tokens}/${token}`,
    before: withTotp,
  },
  {
    what: 'new recovery codes',
    method: 'post',
    path: () => '/api/v1/me/recovery-codes',
    before: withTotp,
  },
  {
    what: 'a new address',
    method: 'post',
    path: () => '/api/v1/email-change/confirm',
    body: (token) => ({ token }),
    before: async (client) => {
      await client.post('/api/v1/me/email', { email: 'vivian@acme.example' })
      const [mail] = await database.asOwner<{ token: string }>(
        `select payload ->> 'token' as token from outbox where payload ->> 'template' = 'email_change_confirmation'`,
      )
      return { prepared: mail?.token ?? '' }
    },
  },
  {
    what: 'an identity given up',
    method: 'delete',
    path: () => '/api/v1/me/identities/sid_viv',
  },
]

async function withTotp(client: TestClient) {
  const { token, secret } = (await client.post(`${tokens}/totp`)).json<{ token: string; secret: string }>()
  const [row] = await database.asOwner<{ at: string }>(
    `select extract(epoch from clock_timestamp()) * 1000 as at`,
  )
  const reply = await client.post(`${tokens}/totp/${token}/confirm`, {
    code: totpCode(secret, Number(row?.at) + 30_000),
  })
  return { reply, prepared: token }
}

/** The cookie of a session that is about to do something, and the doing of it. */
async function ready({ before, method, path, body }: Deed) {
  await server.signIn('viv')
  const signedIn = await server.browser.post('/api/v1/sign-in/password', {
    email: 'viv@acme.example',
    password: testPassword,
  })
  const { reply = signedIn, prepared } = (await before?.(carryingSession(app, signedIn))) ?? { prepared: '' }
  const client = carryingSession(app, reply)
  const act = () =>
    method === 'delete' ? client.delete(path(prepared)) : client[method](path(prepared), body?.(prepared))
  return { cookie: sessionCookieIn(reply), client, act }
}

const statusAt = async (node: typeof app, cookie: string) =>
  (await testClient(node, { origin: publicUrl, cookie }).get('/api/v1/session')).status

/** What there is to prove oneself with, as the database keeps it. */
async function credentials() {
  const rows = []
  for (const table of ['passwords', 'mfa_tokens', 'recovery_codes', 'sso_identities', 'one_time_tokens']) {
    rows.push(await database.asOwner(`select t::text from ${table} t order by 1`))
  }
  return rows.concat(await database.asOwner('select id, email from users order by id'))
}

describe.each(deeds)('$what', (deed) => {
  test('leaves a copy of the cookie dead on both nodes, and the session alive under a new one', async () => {
    const { cookie, act } = await ready(deed)
    expect(await statusAt(other.app, cookie)).toBe(200)
    const reply = await act()

    expect([201, 204]).toContain(reply.status)
    expect(sessionCookieIn(reply)).not.toBe(cookie)
    for (const node of [app, other.app]) {
      expect(await statusAt(node, cookie)).toBe(401)
      expect(await statusAt(node, sessionCookieIn(reply))).toBe(200)
    }
  })
})

/** Sends a request, and lets it go on only when the session that it was let in with has ended. */
async function endedMeanwhile(act: () => Promise<TestReply>): Promise<TestReply> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  let holding = released
  await new Promise<void>((held) => {
    holding = transaction(db, 'deployment', async (tx) => {
      await holdCredentials(tx, viv)
      await lockAccounts(tx, [worldIds.account('acme')])
      held()
      await released
    })
  })
  const reply = act()
  await expect.poll(waitForTheLock, { timeout: 60_000 }).toBe(true)
  await database.asOwner('delete from sessions')
  release()
  await holding
  return reply
}

async function waitForTheLock(): Promise<boolean> {
  const waiting = await database.asOwner(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return waiting.length > 0
}

describe('a session that ends while its request waits', () => {
  const asking: Deed = {
    what: 'the wish for a new address',
    method: 'post',
    path: () => '/api/v1/me/email',
    body: () => ({ email: 'vivian@acme.example' }),
  }
  // The link to a new address is a proof of its own, whoever opens it.
  const own = deeds.filter(({ what }) => what !== 'a new address')

  test.each([...own, asking])('changes nothing: $what', async (deed) => {
    const { act } = await ready(deed)
    const before = [await credentials(), await server.events('acme')]
    const reply = await endedMeanwhile(act)

    expect(reply.json()).toMatchObject({ code: 'session_invalid' })
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect([await credentials(), await server.events('acme')]).toEqual(before)
  })

  test('does not come back by a link to a new address', async () => {
    const { act } = await ready(deeds.find(({ what }) => what === 'a new address') as Deed)
    const reply = await endedMeanwhile(act)

    expect(reply.status).toBe(204)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(await database.asOwner('select from sessions')).toEqual([])
  })
})

test('what is refused leaves the token as it is', async () => {
  const { cookie, client } = await ready(deeds[0] as Deed)
  expect((await client.delete(`${tokens}/mft_none`)).status).toBe(404)
  expect((await client.post('/api/v1/me/recovery-codes')).json()).toMatchObject({ code: 'token_missing' })
  expect((await client.delete('/api/v1/me/identities/sid_none')).status).toBe(404)

  expect(await statusAt(app, cookie)).toBe(200)
})
