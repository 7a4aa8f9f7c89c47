import { readFileSync } from 'node:fs'
import { Secret, TOTP } from 'otpauth'
import { afterAll, describe, expect, test } from 'vitest'
import type { MfaTokenId } from '@keyholder/core'
import { beginTotp, confirmTotp, transaction } from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import {
  giveTestPassword,
  makeKey,
  publicUrl,
  sessionCookieIn,
  startTestNode,
  startTestServer,
  testClient,
  testPassword,
  type TestClient,
  type TestReply,
} from '@keyholder/testkit/server'
import { startProvider } from '../sso/oidc/scripted-provider.fixture.ts'
import { connect, signInBySso } from '../sso/flow/sso-story.fixture.ts'
import { revocationWorld } from './revocation-world.fixture.ts'

/*
 * T25: what each event ends, on the node that it came through at the next request, and by and by on the other; that
 * this is within the promised time stands in apps/server/src/access/two-nodes.test.ts. The table of docs/revocation.md
 * is what is tried here, row by row.
 */

const server = await startTestServer({ world: revocationWorld() })
const other = startTestNode(server)
const provider = await startProvider()
afterAll(() => provider.close())
await connect(server, provider)

/** What somebody has at hand when it happens. */
interface Victim {
  readonly user: string
  readonly account: string
  /** The session in which something is done, where the person does it themselves. */
  readonly session: TestClient
  readonly nodes: readonly {
    /** Its own first, and then another; a step of its own gives that a new token. */
    readonly sessions: TestClient[]
    readonly at: (cookie: string) => TestClient
    readonly person: TestClient
    readonly key: TestClient | undefined
  }[]
}

interface Row {
  /** As it stands in the table of docs/revocation.md. */
  readonly event: string
  readonly user: string
  /** In which account it is looked at; acme where left out. */
  readonly account?: string
  readonly sessions: 'end' | 'go on' | 'others end' | 'own ends'
  readonly access: 'gone' | 'stays'
  readonly keys: 'dead' | 'good' | 'none'
  readonly happens: (victim: Victim) => Promise<TestReply>
}

const ada = server.as('ada')
const inAcme = (rest: string) => `/api/v1/accounts/acme${rest}`
const member = ({ user }: Victim, rest = '') => inAcme(`/members/${worldIds.user(user)}${rest}`)
const grantOf = async ({ user }: Victim) => {
  const { items } = (await ada.get(inAcme('/grants'), { query: { user: worldIds.user(user) } })).json()
  return String(items[0].id)
}
const versionOf = async (path: string, as = ada) => ({
  headers: { 'if-match': (await as.get(path)).headers['etag'] ?? '' },
})
/** Changes a connection as somebody of one of its sides. */
const terms = async (
  host: string,
  as: string,
  rest: string,
  body: object | undefined,
  method: 'post' | 'put' = 'post',
) => {
  const one = `/api/v1/accounts/${as === 'gina' ? 'guest' : host}/connections/${worldIds.connection(host, 'guest')}`
  const client = server.as(as)
  return client[method](`${one}${rest}`, body, await versionOf(one, client))
}

const rows: readonly Row[] = [
  {
    event: 'The person signs out',
    user: 'p0',
    sessions: 'own ends',
    access: 'stays',
    keys: 'good',
    happens: ({ session }) => session.delete('/api/v1/session'),
  },
  {
    event: 'The person signs out everywhere else',
    user: 'p1',
    sessions: 'others end',
    access: 'stays',
    keys: 'good',
    happens: ({ session }) => session.delete('/api/v1/me/sessions'),
  },
  {
    event: 'The person changes their password',
    user: 'p6',
    sessions: 'others end',
    access: 'stays',
    keys: 'good',
    happens: ({ session }) =>
      session.put('/api/v1/me/password', { password: 'nine lanterns over wet cobbles' }),
  },
  {
    event: 'The password is reset by mail',
    user: 'p7',
    sessions: 'end',
    access: 'stays',
    keys: 'good',
    happens: async ({ user }) => {
      const email = emailOf(user)
      await server.browser.post('/api/v1/password-reset', { email })
      await server.settled()
      const { items } = (await server.operator.get('/api/v1/outbox', { query: { recipient: email } })).json()
      const token = String(items[0].links[0]).split('#')[1]?.replace('token=', '')
      return server.browser.post('/api/v1/password-reset/confirm', {
        token,
        password: 'nine lanterns over wet cobbles',
      })
    },
  },
  {
    event: 'The person changes their e-mail address',
    user: 'p11',
    sessions: 'others end',
    access: 'stays',
    keys: 'good',
    happens: async ({ session }) => {
      const email = 'somebody.new@acme.example'
      await session.post('/api/v1/me/email', { email })
      const { items } = (await server.operator.get('/api/v1/outbox', { query: { recipient: email } })).json()
      const token = String(items[0].links[0]).split('#token=')[1]
      return session.post('/api/v1/email-change/confirm', { token })
    },
  },
  {
    event: 'The person adds a second factor',
    user: 'p8',
    sessions: 'others end',
    access: 'stays',
    keys: 'good',
    happens: async ({ session }) => {
      const { token, secret } = (await session.post('/api/v1/me/tokens/totp')).json()
      const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
      return session.post(`/api/v1/me/tokens/totp/${token}/confirm`, { code })
    },
  },
  {
    event: 'The person removes a second factor',
    user: 'p12',
    sessions: 'others end',
    access: 'stays',
    keys: 'good',
    happens: async ({ user, session }) => {
      await provenWithToken(user)
      return session.delete(`/api/v1/me/tokens/mft_${user}`)
    },
  },
  {
    event: 'An administrator takes their second factors away',
    user: 'p10',
    sessions: 'end',
    access: 'stays',
    keys: 'good',
    happens: (victim) => ada.post(member(victim, '/mfa-reset')),
  },
  {
    event: 'An administrator ends their sessions',
    user: 'p9',
    sessions: 'end',
    access: 'stays',
    keys: 'good',
    happens: (victim) => ada.delete(member(victim, '/sessions')),
  },
  {
    event: 'Suspended at home',
    user: 'p2',
    sessions: 'end',
    access: 'gone',
    keys: 'dead',
    happens: (victim) => ada.put(member(victim, '/status'), { status: 'suspended' }),
  },
  {
    event: 'Removed from the home account',
    user: 'p3',
    sessions: 'end',
    access: 'gone',
    keys: 'dead',
    happens: (victim) => ada.delete(member(victim)),
  },
  {
    event: 'Suspended as an external user',
    user: 'emma',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: (victim) => ada.put(member(victim, '/status'), { status: 'suspended' }),
  },
  {
    event: 'Removed as an external user',
    user: 'elsa',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: (victim) => ada.delete(member(victim)),
  },
  {
    event: 'The person leaves an account that they were invited to',
    user: 'eric',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: ({ session }) => session.post(inAcme('/leave')),
  },
  {
    event: 'An API key is revoked',
    user: 'p13',
    sessions: 'go on',
    access: 'stays',
    keys: 'dead',
    happens: async ({ user }) => {
      const [key] = await server.database.asOwner<{ id: string }>(
        'select id from api_keys where made_by = $1',
        [worldIds.user(user)],
      )
      return ada.delete(inAcme(`/api-keys/${key?.id}`))
    },
  },
  {
    event: 'A default role is changed to one without it',
    user: 'p16',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: async (victim) =>
      ada.patch(member(victim), { default_role: { role: 'lookout' } }, await versionOf(member(victim))),
  },
  {
    event: 'A grant is taken away',
    user: 'p4',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: async (victim) => ada.delete(inAcme(`/grants/${await grantOf(victim)}`)),
  },
  {
    event: 'Taken out of a group',
    user: 'p20',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: ({ user }) => ada.delete(inAcme(`/groups/crew/members/${worldIds.user(user)}`)),
  },
  {
    event: 'A role loses permissions',
    user: 'p21',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: async () =>
      ada.patch(
        inAcme('/roles/keeper'),
        { permissions: ['asset.view'] },
        await versionOf(inAcme('/roles/keeper')),
      ),
  },
  {
    event: 'An organization is deleted',
    user: 'p22',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: async () =>
      ada.delete(inAcme('/organizations/oslo'), await versionOf(inAcme('/organizations/oslo'))),
  },
  {
    event: 'A connection is paused',
    user: 'otto',
    account: 'hosta',
    sessions: 'go on',
    access: 'gone',
    keys: 'none',
    happens: () => terms('hosta', 'hosta-ada', '/pause', undefined),
  },
  {
    event: 'A connection ends',
    user: 'otto',
    account: 'hostb',
    sessions: 'go on',
    access: 'gone',
    keys: 'none',
    happens: () => terms('hostb', 'hostb-ada', '/end', {}),
  },
  {
    event: 'A connection is narrowed to a role without it',
    user: 'otto',
    account: 'hostc',
    sessions: 'go on',
    access: 'gone',
    keys: 'none',
    happens: () => terms('hostc', 'hostc-ada', '/narrowing', { maximum: 'lookout' }),
  },
  {
    event: 'The guest keeps a connection to a group without the person',
    user: 'otto',
    account: 'hostd',
    sessions: 'go on',
    access: 'gone',
    keys: 'none',
    happens: () => terms('hostd', 'gina', '/delegates', { delegates: 'night' }, 'put'),
  },
  {
    event: 'The identity provider does not name their group any more',
    user: 'p24',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: async ({ user }) => {
      await linked(user)
      provider.script.token = ({ payload }) => {
        payload['sub'] = user
      }
      provider.script.userInfo = (body) => {
        body['sub'] = user
      }
      const { browser } = await signInBySso(server, provider)
      return browser.page().get('/api/v1/session')
    },
  },
  {
    event: 'The person gives up the identity that a session came by',
    user: 'p25',
    sessions: 'others end',
    access: 'stays',
    keys: 'good',
    happens: async ({ user, session }) => {
      await linked(user)
      const { id } = (await session.get('/api/v1/session')).json()
      await cameBySso(user, id)
      return session.delete(`/api/v1/me/identities/sid_${user}`)
    },
  },
  {
    event: 'The account requires single sign-on, and they came in otherwise',
    user: 'p27',
    sessions: 'end',
    access: 'stays',
    keys: 'good',
    happens: async () => {
      const path = '/api/v1/accounts/acme'
      const reply = await ada.patch(path, { settings: { sso: 'required' } }, await versionOf(path))
      await ada.patch(path, { settings: { sso: 'optional' } }, await versionOf(path))
      return reply
    },
  },
  {
    event: 'The identity provider that a session came by is switched off',
    user: 'p26',
    sessions: 'end',
    access: 'stays',
    keys: 'good',
    happens: async ({ user }) => {
      await cameBySso(user)
      return ada.put(inAcme('/sso-connections/sso_acme/status'), { status: 'disabled' })
    },
  },
  {
    event: 'The home’s longest time without use is cut to less than has passed',
    user: 'p5',
    sessions: 'end',
    access: 'stays',
    keys: 'good',
    happens: async ({ user }) => {
      const path = '/api/v1/accounts/acme'
      await server.database.asOwner(
        "update sessions set last_used_at = last_used_at - interval '20 minutes' where user_id = $1",
        [worldIds.user(user)],
      )
      return ada.patch(path, { settings: { idle_minutes: 15 } }, await versionOf(path))
    },
  },
  {
    event: 'The home’s longest login is cut to less than has passed',
    user: 'p14',
    sessions: 'end',
    access: 'stays',
    keys: 'good',
    happens: async ({ user }) => {
      const path = '/api/v1/accounts/acme'
      await server.database.asOwner(
        "update sessions set signed_in_at = signed_in_at - interval '70 minutes' where user_id = $1",
        [worldIds.user(user)],
      )
      return ada.patch(path, { settings: { login_minutes: 60 } }, await versionOf(path))
    },
  },
  // The last one: nobody is let into acme any more.
  {
    event: 'The account is suspended',
    user: 'p15',
    sessions: 'go on',
    access: 'gone',
    keys: 'dead',
    happens: () => server.operator.put(inAcme('/status'), { status: 'suspended' }),
  },
]

/** Gives somebody a second factor that they have proven a moment ago, in all their sessions. */
async function provenWithToken(user: string): Promise<void> {
  const who = worldIds.user(user)
  await transaction(server.db, 'deployment', async (tx) => {
    const id = `mft_${user}` as MfaTokenId
    await beginTotp(tx, { id, user: who, name: 'Phone', sealedSecret: 'sealed' })
    await confirmTotp(tx, id, { step: 1, name: undefined })
  })
  await server.database.asOwner(
    "update sessions set second_factor = 'totp', second_factor_at = clock_timestamp() where user_id = $1",
    [who],
  )
}

/** Makes somebody known at the identity provider by their key. */
function linked(user: string) {
  return server.database.asOwner(
    `insert into sso_identities (account_id, id, connection_id, subject, user_id)
     values ('acc_acme', 'sid_' || $1, 'sso_acme', $1, $2)`,
    [user, worldIds.user(user)],
  )
}

/** Has their sessions, or all but this one, come by the identity provider. */
function cameBySso(user: string, but = '') {
  return server.database.asOwner(
    `update sessions set first_factor = 'sso', sso_connection = 'sso_acme' where user_id = $1 and id <> $2`,
    [worldIds.user(user), but],
  )
}

function emailOf(user: string): string {
  const people = server.world.accounts.flatMap(({ users }) => users)
  return people.find(({ key }) => key === user)?.email ?? ''
}

const nodes = [server, other]
const clientOf = ({ app }: (typeof nodes)[number], cookie: string) =>
  testClient(app, { origin: publicUrl, cookie })

/** Signed in twice, and with a key of their own, each of which is tried on both nodes. */
async function victimOf({ user, account = 'acme', keys }: Row): Promise<Victim> {
  const cookies = [await signIn(user), await signIn(user)]
  const key = {
    account: worldIds.account(account),
    scopes: ['organization.view'],
    madeBy: worldIds.user(user),
  }
  const made = keys === 'none' ? undefined : await makeKey(server.db, key)
  return {
    user,
    account,
    session: clientOf(server, cookies[0] ?? ''),
    nodes: nodes.map((node) => ({
      sessions: cookies.map((cookie) => clientOf(node, cookie)),
      at: (cookie) => clientOf(node, cookie),
      person: node.operator.with({ 'keyholder-act-as': worldIds.user(user) }),
      key: made && testClient(node.app, { authorization: `Bearer ${made.secret}` }),
    })),
  }
}

async function signIn(user: string): Promise<string> {
  await giveTestPassword(server.db, worldIds.user(user))
  const who = { email: emailOf(user), password: testPassword }
  return sessionCookieIn(await server.browser.post('/api/v1/sign-in/password', who))
}

/** What a node shows of a victim at this moment, in the words of the table. */
async function seenAt({ sessions, person, key }: Victim['nodes'][number], account: string) {
  const path = `/api/v1/accounts/${account}/organizations`
  const alive = await Promise.all(
    sessions.map(async (session) => (await session.get('/api/v1/session')).status === 200),
  )
  const [own = false, another = false] = alive
  return {
    sessions: own && another ? 'go on' : own ? 'others end' : another ? 'own ends' : 'end',
    access: (await person.get(path)).status === 200 ? 'stays' : 'gone',
    keys: key ? ((await key.get(path)).status === 200 ? 'good' : 'dead') : 'none',
  }
}

describe.each(rows)('$event', (row) => {
  const expected = { sessions: row.sessions, access: row.access, keys: row.keys }

  test(`sessions ${row.sessions}, access ${row.access}, keys ${row.keys}`, async () => {
    const victim = await victimOf(row)
    const [here, there] = victim.nodes
    if (!here || !there) throw new Error('there are two nodes')
    const before = { sessions: 'go on', access: 'stays', keys: row.keys === 'none' ? 'none' : 'good' }
    expect(await seenAt(here, victim.account)).toEqual(before)
    expect(await seenAt(there, victim.account)).toEqual(before)

    const reply = await row.happens(victim)
    if (reply.headers['set-cookie'] !== undefined && row.sessions === 'others end') {
      for (const node of victim.nodes) node.sessions[0] = node.at(sessionCookieIn(reply))
    }

    expect([200, 204]).toContain(reply.status)
    expect(await seenAt(here, victim.account)).toEqual(expected)
    await expect.poll(() => seenAt(there, victim.account)).toEqual(expected)
  })
})

test('the table that people read says the same', () => {
  const table = readFileSync(new URL('../../../../docs/revocation.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

  expect(table.map((cells) => cells.slice(0, 4))).toEqual(
    rows.map(({ event, sessions, access, keys }) => [event, sessions, access, keys === 'none' ? '–' : keys]),
  )
})
