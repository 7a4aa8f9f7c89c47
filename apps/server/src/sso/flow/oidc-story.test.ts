import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { GroupId } from '@keyholder/core'
import { startTestServer } from '@keyholder/testkit/server'
import { startProvider, type ScriptedProvider } from '../oidc/scripted-provider.fixture.ts'
import { connect, signInBySso, storyBrowser } from './sso-story.fixture.ts'

const server = await startTestServer()
const provider = await startProvider()
afterAll(() => provider.close())

const account = '/api/v1/accounts/acme'
const ada = server.as('ada')
const ops = (await ada.post(`${account}/groups`, { key: 'ops', kind: 'sso' })).json()['id'] as GroupId
await ada.post(`${account}/grants`, { group: 'ops', role: 'administrator', organization: 'oslo' })
await connect(server, provider, {
  defaultRole: 'viewer',
  rules: [{ attribute: 'groups', comparison: 'contains_value', value: 'ops', group: ops }],
})
// A connection of somebody else's, whose provider says whatever it likes.
const evil = await startProvider()
afterAll(() => evil.close())
await connect(server, evil, { id: 'sso_globex', account: 'acc_globex', domains: ['globex.example'] })

beforeEach(() => {
  for (const each of [provider, evil])
    for (const name of Object.keys(each.script)) delete each.script[name as never]
})

/** What the provider says of whoever signs in there. */
function speak(at: ScriptedProvider, claims: Record<string, unknown>) {
  at.script.token = ({ payload }) => {
    Object.assign(payload, claims)
  }
  at.script.userInfo = (body) => {
    if ('sub' in claims) body['sub'] = claims['sub']
  }
}

const nell = {
  sub: 'nell-1',
  email: 'nell@acme.example',
  email_verified: true,
  name: 'Nell\u0000\nNew\u202e',
  groups: ['ops'],
}
const failed = 'http://localhost:4455/sign-in?error=sso_failed'

describe('somebody who comes for the first time', () => {
  test('becomes a user of the account, with its default role and the groups of its rules', async () => {
    speak(provider, nell)
    const { browser, reply } = await signInBySso(server, provider)

    expect(reply.status).toBe(303)
    expect(reply.headers['location']).toBe('http://localhost:4455/accounts/acme')
    expect((await browser.page().get('/api/v1/session')).json()).toMatchObject({
      first_factor: 'sso',
      pending: null,
      user: { email: 'nell@acme.example', name: 'Nell New' },
    })
    expect((await browser.page().get(`${account}/organizations/rome`)).status).toBe(200)
    expect((await ada.get(`${account}/groups/ops`)).json()).toMatchObject({ users: 1 })
  })

  test('is told of in the account’s log, as the work of the rules', async () => {
    const events = await server.events('acme')
    const told = events.filter(({ action }) =>
      ['member.create', 'member.sso_groups', 'session.start'].includes(action),
    )

    expect(told).toMatchObject([
      {
        action: 'member.create',
        actor: { kind: 'system' },
        after: {
          email: 'nell@acme.example',
          sso_connection: 'sso_acme',
          subject: 'nell-1',
          grants: [{ role: 'viewer' }],
        },
      },
      { action: 'member.sso_groups', before: { groups: [] }, after: { groups: [ops] } },
      { action: 'session.start', after: { first_factor: 'sso', sso_connection: 'sso_acme' } },
    ])
  })

  test.each([
    { why: 'has no address', claims: { sub: 'x1', email: undefined } },
    { why: 'has an address that is none', claims: { sub: 'x2', email: 'nobody' } },
    {
      why: 'has an address in a domain that is not proven',
      claims: { sub: 'x3', email: 'x@elsewhere.example', email_verified: true },
    },
    {
      why: 'has an address in a sub-domain of one that is',
      claims: { sub: 'x4', email: 'x@sub.acme.example', email_verified: true },
    },
    {
      why: 'has an address in another account’s domain',
      claims: { sub: 'x5', email: 'x@globex.example', email_verified: true },
    },
  ])('stays out where the provider says that they $why', async ({ claims }) => {
    speak(provider, claims)
    const { browser, reply } = await signInBySso(server, provider)

    expect(reply.headers['location']).toBe(failed)
    expect(browser.cookies.has('__Host-keyholder')).toBe(false)
  })
})

describe('an address that has a login', () => {
  test.each([true, false, undefined, 'true', 1])(
    'is not taken over where the provider calls it verified: %j',
    async (verified) => {
      speak(provider, { sub: 'not-viv', email: 'viv@acme.example', email_verified: verified })
      const { browser, reply } = await signInBySso(server, provider)

      expect(reply.headers['location']).toBe('http://localhost:4455/sign-in?error=sso_link_needed')
      expect(browser.cookies.has('__Host-keyholder')).toBe(false)
      expect(await server.database.asOwner(`select 1 from sso_identities where user_id = 'usr_viv'`)).toEqual(
        [],
      )
    },
  )

  test('of another account is out of reach altogether', async () => {
    speak(evil, { sub: 'nell-1', email: 'nell@acme.example', email_verified: true })
    const { reply } = await signInBySso(server, evil, { connection: 'sso_globex' })

    expect(reply.headers['location']).toBe(failed)
    expect((await server.events('globex')).at(-1)).toMatchObject({
      action: 'sign_in.sso',
      outcome: 'refused',
      reason: 'domain_unproven',
    })
  })
})

describe('one provider in two accounts', () => {
  test('speaks for each on its own: the same subject is somebody else', async () => {
    await connect(server, provider, {
      id: 'sso_nightowl',
      account: 'acc_nightowl',
      domains: ['nightowl.example'],
    })
    speak(provider, { ...nell, email: 'nell@nightowl.example' })
    const there = (await signInBySso(server, provider, { connection: 'sso_nightowl' })).browser
    const here = (await signInBySso(server, provider)).browser

    const session = async (browser: typeof here) => (await browser.page().get('/api/v1/session')).json()
    expect((await session(there))['user'].email).toBe('nell@nightowl.example')
    expect((await session(here))['user'].email).toBe('nell@acme.example')
  })

  test('and a way back is not taken at the other’s address', async () => {
    speak(provider, nell)
    const browser = storyBrowser(server)
    const back = await browser.visit(provider, (page) =>
      page.post('/api/v1/sign-in/sso', { connection: 'sso_nightowl' }),
    )

    expect(
      (await browser.arrive(new URL(back.href.replace('sso_nightowl', 'sso_acme')))).headers['location'],
    ).toBe(failed)
  })
})

describe('somebody who comes again', () => {
  test('is the same person, whatever their address is called by now', async () => {
    speak(provider, { ...nell, email: 'ada@acme.example', name: 'Ada Lovelace' })
    const { browser } = await signInBySso(server, provider)

    expect((await browser.page().get('/api/v1/session')).json()).toMatchObject({
      user: { email: 'nell@acme.example', name: 'Nell New' },
    })
  })

  test.each([
    { why: 'are in it no more', groups: ['dev'] },
    { why: 'are in a group that was renamed', groups: ['operations'] },
    { why: 'are in groups that cannot be read', groups: 7 },
    { why: 'are in nothing that is told', groups: undefined },
  ])('loses the group at once where they $why, in other sessions too', async ({ groups }) => {
    speak(provider, nell)
    const before = (await signInBySso(server, provider)).browser
    const place = `${account}/organizations/oslo`
    const rename = async (page: ReturnType<typeof before.page>) => {
      const read = await page.get(place)
      return (
        await page.patch(place, { name: 'Oslo' }, { headers: { 'if-match': read.headers['etag'] ?? '' } })
      ).status
    }
    expect(await rename(before.page())).toBe(200)

    speak(provider, { ...nell, groups })
    await signInBySso(server, provider)
    expect(await rename(before.page())).toBe(403)
  })

  test('stays out while they are suspended', async () => {
    speak(provider, nell)
    const [{ id } = { id: '' }] = await server.database.asOwner<{ id: string }>(
      `select id from users where email = 'nell@acme.example'`,
    )
    await ada.put(`${account}/members/${id}/status`, { status: 'suspended' })
    const { reply } = await signInBySso(server, provider)
    await ada.put(`${account}/members/${id}/status`, { status: 'active' })

    expect(reply.headers['location']).toBe(failed)
    expect((await signInBySso(server, provider)).reply.headers['location']).not.toBe(failed)
  })
})

describe('a way back is taken once, by the browser that set out', () => {
  const setOut = async (connection = 'sso_acme', at = provider) => {
    speak(at, nell)
    const browser = storyBrowser(server)
    return {
      browser,
      back: await browser.visit(at, (page) => page.post('/api/v1/sign-in/sso', { connection })),
    }
  }

  test('and not a second time', async () => {
    const { browser, back } = await setOut()
    const cookies = new Map(browser.cookies)
    expect((await browser.arrive(back)).headers['location']).toBe('http://localhost:4455/')

    expect((await storyBrowser(server, cookies).arrive(back)).headers['location']).toBe(failed)
  })

  test('and not by another browser, with or without a way of its own', async () => {
    const [mine, theirs] = [await setOut(), await setOut()]

    expect((await storyBrowser(server).arrive(mine.back)).headers['location']).toBe(failed)
    expect((await theirs.browser.arrive(mine.back)).headers['location']).toBe(failed)
    expect((await mine.browser.arrive(mine.back)).headers['location']).toBe('http://localhost:4455/')
  })

  test('and not at the address of another connection', async () => {
    evil.asked.splice(0)
    const { browser, back } = await setOut()
    const mixed = new URL(back.href.replace('sso_acme', 'sso_globex'))

    expect((await browser.arrive(mixed)).headers['location']).toBe(failed)
    expect(evil.asked).not.toContain('/token')
  })

  test('and not a quarter of an hour later', async () => {
    const { browser, back } = await setOut()
    await server.database.asOwner(`update sso_flows set expires_at = now() where connection_id = 'sso_acme'`)

    expect((await browser.arrive(back)).headers['location']).toBe(failed)
  })

  test('and not with what nobody ever set out for', async () => {
    for (const path of ['/sso/sso_acme/callback', '/sso/sso_nobody/callback?code=a&state=b']) {
      const reply = await server.browser.get(path)
      expect([reply.status, reply.headers['location']]).toEqual([303, failed])
    }
  })

  test('and the provider’s own words lead nowhere', async () => {
    const { browser, back } = await setOut()
    back.searchParams.delete('code')
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', '<script>alert(1)</script>')
    const reply = await browser.arrive(back)

    expect(reply.headers['location']).toBe(failed)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      outcome: 'refused',
      reason: 'oidc_provider_refused',
    })
  })
})

test.each(['//m.test', 'https://m.test', '/\\m.test', 'javascript:alert(1)'])(
  'afterwards nobody is sent to %s',
  async (returnTo) => {
    speak(provider, nell)

    expect((await signInBySso(server, provider, { returnTo })).reply.headers['location']).toBe(
      'http://localhost:4455/',
    )
  },
)

test('a connection that is not there, or not in use, sends nobody anywhere', async () => {
  const reply = await server.browser.post('/api/v1/sign-in/sso', { connection: 'sso_nobody' })

  expect([reply.status, reply.json()['code']]).toEqual([409, 'sso_unavailable'])
})

test('a connection that is switched off while somebody is away lets them in no more', async () => {
  speak(provider, nell)
  const browser = storyBrowser(server)
  const back = await browser.visit(provider, (page) =>
    page.post('/api/v1/sign-in/sso', { connection: 'sso_acme' }),
  )
  await server.database.asOwner(`update sso_connections set status = 'disabled' where id = 'sso_acme'`)
  const reply = await browser.arrive(back)
  await server.database.asOwner(`update sso_connections set status = 'active' where id = 'sso_acme'`)

  expect(reply.headers['location']).toBe(failed)
  expect((await server.events('acme')).at(-1)).toMatchObject({ reason: 'connection_changed' })
})
