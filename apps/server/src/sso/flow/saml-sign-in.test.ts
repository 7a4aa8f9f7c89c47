import { carryingSession, startTestNode, startTestServer, testPassword } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'
import { describe, expect, test } from 'vitest'
import { noon } from '../saml/genuine-response.fixture.ts'
import { makeKeyPair } from '../saml/key-pair.ts'
import { sealRequestKey } from '../saml/request-key.ts'
import {
  answerTo,
  comeBack,
  cookieIn,
  goAway,
  gone,
  pathOf,
  postForm,
  samlConnection,
} from './saml-journey.fixture.ts'

const server = await startTestServer()
const { browser, database, db } = server
const acme = await samlConnection(db, { domain: 'corp.test', defaultRole: 'viewer' })
const globex = await samlConnection(db, { account: 'globex', domain: 'globex.test' })

describe('somebody who comes for the first time', () => {
  test('gets a login with the default role, and a session', async () => {
    const away = await goAway(browser, acme, { return_to: '/accounts/acme?a=b' })
    const back = await comeBack(server, away, answerTo(away))
    const client = carryingSession(server.app, back)

    expect(pathOf(back)).toBe('/accounts/acme?a=b')
    expect((await client.get('/api/v1/session')).json()).toMatchObject({
      user: { email: 'ann@corp.test' },
      first_factor: 'sso',
      pending: null,
    })
    expect((await client.get('/api/v1/accounts/acme/organizations')).status).toBe(200)
    expect((await client.post('/api/v1/accounts/acme/organizations', { key: 'x', name: 'X' })).status).toBe(
      403,
    )
  })

  test('is the same person the next time, whatever address the identity provider tells', async () => {
    const away = await goAway(browser, acme)
    const moved = {
      more: '<saml:Attribute Name="email"><saml:AttributeValue>new@corp.test</saml:AttributeValue></saml:Attribute>',
    }
    const client = carryingSession(server.app, await comeBack(server, away, answerTo(away, moved)))

    expect((await client.get('/api/v1/session')).json()).toMatchObject({ user: { email: 'ann@corp.test' } })
  })

  test.each([
    { who: 'with an address in a domain that nobody has proven', name: 'bea@elsewhere.test' },
    { who: 'with an address in a domain that another account has proven', name: 'gil@globex.test' },
    { who: 'with an address in a sub-domain', name: 'bea@sub.corp.test' },
  ])('$who gets nothing', async ({ name }) => {
    const away = await goAway(browser, acme)
    const form = answerTo(away, { nameId: name, more: mail(name) })
    const back = await comeBack(server, away, form)

    expect(cookieIn(back, '__Host-keyholder')).toBe('')
    expect(pathOf(back)).toMatch(/^\/sign-in\?error=/)
    expect(await usersWith(name)).toEqual([])
  })
})

describe('T16: an identity provider speaks for its own account alone', () => {
  test.each(['assertion', 'response'] as const)(
    'an answer for one account is worth nothing at another (%s signed)',
    async (part) => {
      const away = await goAway(browser, acme)
      const there = await goAway(browser, globex)
      const signing = { [part]: true }
      const forms = [
        [globex, answerTo(away, {}, signing)],
        [globex, { ...answerTo(away, {}, signing), RelayState: there.relayState }],
        [acme, answerTo(there, {}, signing)],
        [acme, { ...answerTo(there, {}, signing), RelayState: away.relayState }],
      ] as const
      for (const [connection, form] of forms) {
        expect(pathOf(await postForm(server, connection, form))).toBe('/sign-in?error=sso_failed')
      }
    },
  )

  test('two accounts may have the same one, and its people are not the same people', async () => {
    const away = await goAway(browser, globex)
    const back = await comeBack(server, away, answerTo(away))

    // Ann is known at acme by this very subject; to globex she is a stranger with an address of somebody else's domain.
    expect(pathOf(back)).toMatch(/^\/sign-in\?error=/)
  })
})

describe('T17: an address is no proof', () => {
  test('whoever has a login already is not taken over by an identity with their address', async () => {
    await database.asOwner("update users set email = 'viv@corp.test' where id = $1", [worldIds.user('viv')])
    const away = await goAway(browser, acme)
    const back = await comeBack(
      server,
      away,
      answerTo(away, { nameId: 'other', more: mail('viv@corp.test') }),
    )

    expect(pathOf(back)).toBe('/sign-in?error=sso_link_needed')
    expect(cookieIn(back, '__Host-keyholder')).toBe('')
  })
})

describe('T18: disabled is disabled', () => {
  test('also for whoever was on their way', async () => {
    const id = await samlConnection(db, { account: 'nightowl', domain: 'owl.test' })
    const said = { nameId: 'otto', more: mail('hedwig@owl.test') }
    const first = await goAway(browser, id)
    const second = await goAway(browser, id)
    const posted = await postForm(server, id, answerTo(second, said))
    await database.asOwner("update sso_connections set status = 'disabled' where id = $1", [id])

    expect(pathOf(await comeBack(server, first, answerTo(first, said)))).toMatch(/^\/sign-in\?error=/)
    const finished = await server.anonymous.get(pathOf(posted), { headers: { cookie: second.cookie } })
    expect(pathOf(finished)).toMatch(/^\/sign-in\?error=/)
    expect((await browser.post('/api/v1/sign-in/sso', { connection: id })).status).toBe(409)
    expect(await usersWith('hedwig@owl.test')).toEqual([])
  })
})

describe('T20: an answer', () => {
  test('is good once, also under another handle', async () => {
    const away = await goAway(browser, acme)
    const form = answerTo(away)

    expect(pathOf(await postForm(server, acme, form))).toContain('/finish?')
    expect(pathOf(await postForm(server, acme, form))).toBe('/sign-in?error=sso_failed')
  })

  test('whose assertion was used is worth nothing in answer to another request', async () => {
    const [one, two] = [await goAway(browser, acme), await goAway(browser, acme)]
    await comeBack(server, one, answerTo(one, { assertionId: '_same' }))

    expect(pathOf(await postForm(server, acme, answerTo(two, { assertionId: '_same' })))).toBe(
      '/sign-in?error=sso_failed',
    )
  })

  test('is used up on every node', async () => {
    const other = startTestNode(server)
    const [one, two] = [await goAway(browser, acme), await goAway(browser, acme)]
    const form = answerTo(one, { assertionId: '_everywhere' })

    expect(pathOf(await postForm(other, acme, form))).toContain('/finish?')
    expect(pathOf(await postForm(server, acme, form))).toBe('/sign-in?error=sso_failed')
    const again = answerTo(two, { assertionId: '_everywhere' })
    expect(pathOf(await postForm(server, acme, again))).toBe('/sign-in?error=sso_failed')
  })

  test('is worth nothing in another browser', async () => {
    const away = await goAway(browser, acme)
    const other = await goAway(browser, acme)
    const posted = await postForm(server, acme, answerTo(away))

    for (const headers of [{}, { cookie: other.cookie }, { cookie: '__Host-keyholder-flow=' }]) {
      const finished = await server.anonymous.get(pathOf(posted), { headers })
      expect(pathOf(finished)).toBe('/sign-in?error=sso_failed')
    }
  })

  test('is fetched once', async () => {
    const away = await goAway(browser, acme)
    const posted = await postForm(server, acme, answerTo(away))
    const fetch = () => server.anonymous.get(pathOf(posted), { headers: { cookie: away.cookie } })

    expect(cookieIn(await fetch(), '__Host-keyholder')).toContain('khs_')
    expect(pathOf(await fetch())).toBe('/sign-in?error=sso_failed')
  })

  test.each([
    { what: 'that nobody asked for', form: () => ({ RelayState: '_made-up' }) },
    { what: 'without a relay state', form: (): Record<string, string> => ({}) },
    { what: 'whose relay state is an address', form: () => ({ RelayState: 'https://m.test/' }) },
  ])('$what leads to the sign-in page and nowhere else', async ({ form }) => {
    const away = await goAway(browser, acme)
    const { SAMLResponse = '' } = answerTo(away)
    const back = await postForm(server, acme, { SAMLResponse, ...form() })

    expect(pathOf(back)).toBe('/sign-in?error=sso_failed')
  })

  test('is refused alike whatever is wrong with it, and the log says what', async () => {
    const wrong = [
      { audience: 'https://elsewhere.test' },
      { recipient: 'https://elsewhere.test' },
      { nameId: 'a<!---->b' },
      { confirmedUntil: '2020-01-01T00:00:00Z' },
    ]
    const replies = []
    for (const said of wrong) {
      const away = await goAway(browser, acme)
      replies.push(await postForm(server, acme, answerTo(away, said)))
    }
    const outside = await postForm(server, acme, { SAMLResponse: 'AAAA', RelayState: '_made-up' })
    const reasons = (await server.events('acme'))
      .filter(({ action }) => action === 'sign_in.sso')
      .map(({ reason }) => reason)

    expect(
      new Set(
        [outside, ...replies].map(({ headers, status, text }) => [status, headers.location, text].join()),
      ).size,
    ).toBe(1)
    expect(reasons.slice(-4)).toEqual(['saml_audience', 'saml_recipient', 'saml_comment', 'saml_too_late'])
  })
})

describe('T24: a session that a browser carried before', () => {
  test('is over once another one begins', async () => {
    const before = await server.signIn('kim')
    const away = await goAway(browser, acme)
    const posted = await postForm(server, acme, answerTo(away))
    const carried = (await before.get('/api/v1/session')).status
    const cookie = `${await cookieOf('kim')}; ${away.cookie}`
    const finished = await server.anonymous.get(pathOf(posted), { headers: { cookie } })

    expect(carried).toBe(200)
    expect(cookieIn(finished, '__Host-keyholder')).toContain('khs_')
    expect((await server.anonymous.get('/api/v1/session', { headers: { cookie } })).status).toBe(401)
  })
})

describe('linking', () => {
  test('ties an identity to whoever is signed in and fresh, and to nobody else after that', async () => {
    const kim = await server.signIn('kim')
    const carried = await cookieOf('kim')
    const client = server.anonymous.with({ cookie: carried, origin: 'http://localhost:4455' })
    const away = gone(acme, await client.post('/api/v1/me/identities/link', { return_to: '/me' }), [carried])
    const back = await comeBack(server, away, answerTo(away, { nameId: 'kim-over-there' }))

    expect(pathOf(back)).toBe('/me')
    expect((await client.get('/api/v1/session')).status).toBe(401)
    const linked = carryingSession(server.app, back)
    expect((await linked.get('/api/v1/me/identities')).json()['items']).toEqual([
      expect.objectContaining({ subject: 'persistent kim-over-there' }),
    ])
    const again = await goAway(browser, acme)
    const signedIn = carryingSession(
      server.app,
      await comeBack(server, again, answerTo(again, { nameId: 'kim-over-there' })),
    )
    expect((await signedIn.get('/api/v1/session')).json()).toMatchObject({
      user: { id: worldIds.user('kim') },
    })
    expect((await kim.get('/api/v1/session')).status).toBe(200)
  })

  test('is of the session that began it, and of no other', async () => {
    const carried = await cookieOf('admin')
    const client = server.anonymous.with({ cookie: carried, origin: 'http://localhost:4455' })
    const away = gone(acme, await client.post('/api/v1/me/identities/link', {}), [await cookieOf('rita')])
    const back = await comeBack(server, away, answerTo(away, { nameId: 'mallory-over-there' }))

    expect(pathOf(back)).toMatch(/error=sso_failed/)
    expect((await client.get('/api/v1/me/identities')).json()['items']).toEqual([])
  })
})

describe('the metadata of a connection', () => {
  test('is there for everybody, and names this connection alone', async () => {
    const reply = await server.anonymous.get(`/sso/${acme}/metadata`)

    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toBe('application/samlmetadata+xml; charset=utf-8')
    expect(reply.text).toContain(`entityID="http://localhost:4455/sso/${acme}/metadata"`)
    expect(reply.text).toContain(`Location="http://localhost:4455/sso/${acme}/acs"`)
    expect(reply.text).toContain('AuthnRequestsSigned="false"')
  })

  test('has the certificate of requests that are signed, and never the key', async () => {
    const pair = await makeKeyPair('keyholder', noon)
    await database.asOwner('delete from sso_connections where account_id = $1', [
      worldIds.account('nightowl'),
    ])
    const id = await samlConnection(db, { account: 'nightowl' })
    const sealed = await sealRequestKey(server.sealing, id, pair)
    await database.asOwner(
      `update sso_connections set sealed_secret = $2, provider = provider || '{"wantsSignedRequests": true}' where id = $1`,
      [id, sealed],
    )
    const reply = await server.anonymous.get(`/sso/${id}/metadata`)
    const away = await goAway(browser, id)

    expect(reply.text).toContain(pair.certificate.split('\n')[1])
    expect(reply.text).not.toContain(pair.privateKey.split('\n')[1])
    expect(away.url.searchParams.get('Signature')).not.toBeNull()
  })

  test.each(['sso_made_up', 'x', 'a'.repeat(200)])('is not there for %j', async (id) => {
    expect((await server.anonymous.get(`/sso/${id}/metadata`)).status).toBe(404)
  })
})

function mail(address: string): string {
  return `<saml:Attribute Name="email"><saml:AttributeValue>${address}</saml:AttributeValue></saml:Attribute>`
}

function usersWith(email: string): Promise<readonly unknown[]> {
  return database.asOwner('select id from users where email = $1', [email])
}

/** The cookie of a new session of somebody's. */
async function cookieOf(user: string): Promise<string> {
  await server.signIn(user)
  const [{ email } = { email: '' }] = await database.asOwner<{ email: string }>(
    'select email from users where id = $1',
    [worldIds.user(user)],
  )
  return cookieIn(
    await browser.post('/api/v1/sign-in/password', { email, password: testPassword }),
    '__Host-keyholder',
  )
}
