import { afterAll, describe, expect, test } from 'vitest'
import { carryingSession, giveTestPassword, startTestServer, testPassword } from '@keyholder/testkit/server'
import { startProvider } from '../oidc/scripted-provider.fixture.ts'
import { connect, signInBySso, storyBrowser, type StoryBrowser } from './sso-story.fixture.ts'

const server = await startTestServer()
const provider = await startProvider()
afterAll(() => provider.close())

const account = '/api/v1/accounts/acme'
const ada = server.as('ada')

async function setSso(sso: 'required' | 'optional', who = ada) {
  const read = await ada.get(account)
  return who.patch(account, { settings: { sso } }, { headers: { 'if-match': read.headers['etag'] ?? '' } })
}

async function byPassword(user: string, browser = storyBrowser(server)) {
  const reply = await browser.send((page) =>
    page.post('/api/v1/sign-in/password', { email: `${user}@acme.example`, password: testPassword }),
  )
  return { reply, browser }
}

/** Whom the provider says to be signing in. */
function speakOf(sub: string) {
  provider.script.token = ({ payload }) => {
    Object.assign(payload, { sub, email: `${sub}@acme.example`, auth_time: Math.floor(Date.now() / 1000) })
  }
  provider.script.userInfo = (body) => {
    body['sub'] = sub
  }
}

/** Links whoever is signed in in this browser. */
async function link(browser: StoryBrowser) {
  const back = await browser.visit(provider, (page) =>
    page.post('/api/v1/me/identities/link', { return_to: '/settings' }),
  )
  return browser.arrive(back)
}

const viewed = (browser: StoryBrowser) => browser.page().get(`${account}/organizations/rome`)
for (const user of ['viv', 'kim', 'admin', 'ada']) await giveTestPassword(server.db, `usr_${user}` as never)

test('single sign-on is required only where a provider is in use, and by whoever may manage it', async () => {
  expect((await setSso('required')).json()).toMatchObject({ code: 'sso_not_set_up' })
  await connect(server, provider)
  expect((await setSso('required', server.as('admin'))).status).toBe(403)
})

describe('whoever is signed in and was so just now', () => {
  test('makes an identity their own, and comes by it from then on', async () => {
    speakOf('viv')
    const { browser } = await byPassword('viv')
    const linked = await link(browser)

    expect(linked.headers['location']).toBe('http://localhost:4455/settings')
    expect((await browser.page().get('/api/v1/me/identities')).json()['items']).toMatchObject([
      { connection: { id: 'sso_acme' }, subject: 'viv', email: 'viv@acme.example' },
    ])
    expect((await signInBySso(server, provider)).browser.cookies.has('__Host-keyholder')).toBe(true)
    expect(
      (await server.events('acme')).filter(({ action }) => action === 'sso_identity.link'),
    ).toMatchObject([{ actor: { user: 'usr_viv' }, after: { subject: 'viv', sso_connection: 'sso_acme' } }])
  })

  test('takes no identity that is somebody else’s, and no second one', async () => {
    speakOf('viv')
    const { browser } = await byPassword('kim')
    expect((await link(browser)).headers['location']).toContain('error=sso_failed')
    expect((await browser.page().get('/api/v1/me/identities')).json()).toEqual({ items: [] })

    const again = (await byPassword('viv')).browser
    expect((await again.page().post('/api/v1/me/identities/link', {})).json()).toMatchObject({
      code: 'sso_linked',
    })
  })

  test('links nothing for a session that is another one by the time they come back', async () => {
    speakOf('kim-1')
    const { browser } = await byPassword('kim')
    const back = await browser.visit(provider, (page) => page.post('/api/v1/me/identities/link', {}))
    await byPassword('admin', browser)

    expect((await browser.arrive(back)).headers['location']).toContain('error=sso_failed')
    expect(await server.database.asOwner(`select 1 from sso_identities where subject = 'kim-1'`)).toEqual([])
  })

  test('of another account links nothing here', async () => {
    await giveTestPassword(server.db, 'usr_gus' as never)
    const browser = storyBrowser(server)
    await browser.send((page) =>
      page.post('/api/v1/sign-in/password', { email: 'gus@globex.example', password: testPassword }),
    )

    expect((await browser.page().post('/api/v1/me/identities/link', {})).json()).toMatchObject({
      code: 'sso_unavailable',
    })
  })

  test('gives an identity up, and what came by it is over', async () => {
    speakOf('kim-2')
    const { browser } = await byPassword('kim')
    await link(browser)
    const bySso = (await signInBySso(server, provider)).browser
    const [{ id }] = (await browser.page().get('/api/v1/me/identities')).json()['items']

    const given = await browser.page().delete(`/api/v1/me/identities/${id}`)
    expect(given.status).toBe(204)
    expect((await bySso.page().get('/api/v1/session')).status).toBe(401)
    expect((await browser.page().get('/api/v1/session')).status).toBe(401)
    expect((await carryingSession(server.app, given).get('/api/v1/session')).status).toBe(200)
  })

  test('cannot give up the only way in', async () => {
    speakOf('nell')
    const { browser } = await signInBySso(server, provider)
    const [{ id }] = (await browser.page().get('/api/v1/me/identities')).json()['items']

    expect((await browser.page().delete(`/api/v1/me/identities/${id}`)).json()).toMatchObject({
      code: 'sso_last_way_in',
    })
  })
})

describe('proving anew who one is', () => {
  const prove = async (browser: StoryBrowser) => {
    const back = await browser.visit(provider, (page) =>
      page.post('/api/v1/session/sso', { return_to: '/settings' }),
    )
    return browser.arrive(back)
  }

  test('makes the session fresh, under a new token', async () => {
    speakOf('viv')
    const { browser } = await signInBySso(server, provider)
    await server.database.asOwner(
      `update sessions set first_factor_at = first_factor_at - interval '1 hour' where user_id = 'usr_viv'`,
    )
    expect((await browser.page().get('/api/v1/session')).json()).toMatchObject({ fresh_until: null })
    const token = browser.cookies.get('__Host-keyholder')
    const reply = await prove(browser)

    expect(reply.headers['location']).toBe('http://localhost:4455/settings')
    expect(browser.cookies.get('__Host-keyholder')).not.toBe(token)
    expect((await browser.page().get('/api/v1/session')).json()['fresh_until']).not.toBeNull()
  })

  test('takes the same person, and not somebody else at the provider', async () => {
    speakOf('viv')
    const { browser } = await signInBySso(server, provider)
    speakOf('nell')

    expect((await prove(browser)).headers['location']).toContain('error=sso_failed')
    expect((await browser.page().get('/api/v1/session')).status).toBe(200)
  })

  test('takes a proof of now, and not the provider’s memory', async () => {
    speakOf('viv')
    const { browser } = await signInBySso(server, provider)
    provider.script.token = ({ payload }) => {
      Object.assign(payload, { sub: 'viv', auth_time: Math.floor(Date.now() / 1000) - 3_600 })
    }

    expect((await prove(browser)).headers['location']).toContain('error=sso_failed')
  })

  test('is not for whoever has no identity there', async () => {
    const { browser } = await byPassword('admin')

    expect((await browser.page().post('/api/v1/session/sso', {})).json()).toMatchObject({
      code: 'sso_not_linked',
    })
  })
})

describe('where single sign-on is required', () => {
  test('whoever came in another way is out at once, but for superusers', async () => {
    const [kim, superuser] = [(await byPassword('kim')).browser, (await byPassword('ada')).browser]
    expect((await setSso('required')).status).toBe(200)

    expect((await kim.page().get('/api/v1/session')).status).toBe(401)
    expect((await superuser.page().get('/api/v1/session')).status).toBe(200)
  })

  test('an address is told to come that way, known or not', async () => {
    for (const email of ['viv@acme.example', 'nobody@acme.example', 'x@ACME.example']) {
      expect((await server.browser.post('/api/v1/sign-in', { email })).json()).toEqual({
        methods: ['password', 'passkey'],
        sso: { connection: 'sso_acme', name: 'Our provider', required: true },
      })
    }
    for (const email of ['viv@sub.acme.example', 'gus@globex.example', 'nobody']) {
      expect((await server.browser.post('/api/v1/sign-in', { email })).json()).toMatchObject({ sso: null })
    }
  })

  test('a password lets nobody in who has an identity there', async () => {
    const { reply, browser } = await byPassword('viv')

    expect(reply.json()).toMatchObject({ code: 'sso_required', connection: 'sso_acme' })
    expect(browser.cookies.size).toBe(0)
    speakOf('viv')
    expect((await viewed((await signInBySso(server, provider)).browser)).status).toBe(200)
  })

  test('a session that came by it goes on by it alone', async () => {
    speakOf('viv')
    const { browser } = await signInBySso(server, provider)
    const proof = await browser.page().post('/api/v1/session/password', { password: testPassword })

    expect(proof.json()).toMatchObject({ code: 'sso_required', connection: 'sso_acme' })
    expect((await browser.page().get('/api/v1/session')).json()).toMatchObject({ first_factor: 'sso' })
  })

  test('a session that has left the provider all the same is over at the next request', async () => {
    speakOf('viv')
    const { browser } = await signInBySso(server, provider)
    await server.database.asOwner(
      `update sessions set first_factor = 'password', sso_connection = null where user_id = 'usr_viv'`,
    )

    expect((await browser.page().get('/api/v1/session')).status).toBe(401)
  })

  test('whoever has none yet gets no further than to a second factor and the link', async () => {
    const { browser, reply } = await byPassword('kim')

    expect(reply.json()).toMatchObject({ pending: 'set_up_mfa' })
    expect((await viewed(browser)).json()).toMatchObject({ code: 'sign_in_unfinished' })
    expect((await browser.page().post('/api/v1/me/identities/link', {})).json()).toMatchObject({
      code: 'sign_in_unfinished',
    })

    await server.database.asOwner(`update sessions set pending = 'link_sso' where user_id = 'usr_kim'`)
    speakOf('kim-3')
    expect((await link(browser)).headers['location']).toBe('http://localhost:4455/settings')
    expect((await browser.page().get('/api/v1/session')).json()).toMatchObject({
      pending: null,
      first_factor: 'sso',
    })
    expect((await viewed(browser)).status).toBe(200)
  })

  test('a superuser keeps a door, with a password and a second factor', async () => {
    expect((await byPassword('ada')).reply.json()).toMatchObject({ pending: 'set_up_mfa' })
  })

  test('the account says so where no superuser has both', async () => {
    const notices = async () =>
      (await ada.get(`${account}/notices`)).json()['items'].map(({ code }: { code: string }) => code)
    expect(await notices()).toContain('sso_without_way_back')

    await server.database.asOwner(
      `insert into mfa_tokens (id, user_id, kind, name, sealed_secret, confirmed_at) values ('mft_ada', 'usr_ada', 'totp', '', '', now())`,
    )
    expect(await notices()).not.toContain('sso_without_way_back')
  })

  test('its provider is not switched off or deleted', async () => {
    const path = `${account}/sso-connections/sso_acme`
    const read = await ada.get(path)

    expect((await ada.put(`${path}/status`, { status: 'disabled' })).json()).toMatchObject({
      code: 'sso_still_required',
    })
    expect(
      (await ada.delete(path, { headers: { 'if-match': read.headers['etag'] ?? '' } })).json(),
    ).toMatchObject({
      code: 'sso_still_required',
    })
    expect((await setSso('optional')).status).toBe(200)
    expect((await ada.put(`${path}/status`, { status: 'disabled' })).status).toBe(200)
  })
})
