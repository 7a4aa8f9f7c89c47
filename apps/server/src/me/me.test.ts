import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { startTestServer, testPassword } from '@keyholder/testkit/server'

const server = await startTestServer()
const setPolicy = (slug: string, settings: object) =>
  server.database.asOwner('update accounts set settings = $2 where slug = $1', [
    slug,
    JSON.stringify(settings),
  ])

describe('who asks', () => {
  test('learns of every account that they may enter, home first, and what they are there', async () => {
    const mallory = await server.signIn('mallory')
    const me = (await mallory.get('/api/v1/me')).json()

    expect(me).toMatchObject({
      id: worldIds.user('mallory'),
      home: worldIds.account('globex'),
      has_password: true,
    })
    expect(me['accounts']).toMatchObject([
      { slug: 'globex', reached_by: 'home', role: { roles: [{ id: 'superuser' }] } },
      {
        slug: 'acme',
        reached_by: 'external',
        connection: null,
        role: { roles: [] },
        organizations: [{ key: 'oslo', role: { roles: [{ id: 'viewer' }] } }],
        organizations_total: 1,
      },
    ])
  })

  test('sees the accounts that their home is connected with', async () => {
    const otto = await server.signIn('otto')
    const me = (await otto.get('/api/v1/me')).json()

    expect(me['accounts']).toMatchObject([
      { slug: 'nightowl', reached_by: 'home' },
      {
        slug: 'acme',
        reached_by: 'connection',
        connection: worldIds.connection('acme', 'nightowl'),
        organizations: [{ key: 'rome' }],
      },
    ])
  })

  test('is told beforehand what an account still asks for', async () => {
    await setPolicy('acme', { mfa: 'everyone' })
    const mallory = await server.signIn('mallory')
    const me = (await mallory.get('/api/v1/me')).json()
    const refused = await mallory.get('/api/v1/accounts/acme/organizations')
    await setPolicy('acme', {})

    expect(me['accounts'][1]).toMatchObject({ slug: 'acme', step_up: 'set_up_mfa' })
    expect(refused.status).toBe(401)
    expect(refused.json()).toMatchObject({ code: 'step_up_required', step_up: 'set_up_mfa' })
    expect((await mallory.get('/api/v1/accounts/acme/organizations')).status).toBe(200)
  })

  test('sees a role that they were given in a session that was open before', async () => {
    const gus = await server.signIn('gus')
    const before = (await gus.get('/api/v1/me')).json()
    const bound = await server.as('ada').post('/api/v1/accounts/acme/role-bindings', {
      email: 'gus@globex.example',
      role: 'viewer',
      organization: 'rome',
    })
    const after = (await gus.get('/api/v1/me')).json()

    expect(before['accounts']).toHaveLength(1)
    expect(bound.status).toBe(201)
    expect(after['accounts']).toMatchObject([
      { slug: 'globex' },
      { slug: 'acme', reached_by: 'external', organizations: [{ key: 'rome' }] },
    ])
  })

  test('leaves an account that they were invited to, and no other', async () => {
    const gus = await server.signIn('gus')

    expect((await gus.post('/api/v1/accounts/globex/leave')).status).toBe(409)
    expect((await gus.post('/api/v1/accounts/acme/leave')).status).toBe(200)
    expect((await gus.get('/api/v1/me')).json()['accounts']).toHaveLength(1)
  })

  test('changes their own name and language, and nothing else of themselves', async () => {
    const gus = await server.signIn('gus')
    const reply = await gus.patch('/api/v1/me', { name: 'Gustav', language: 'de' })

    expect(reply.json()).toMatchObject({ name: 'Gustav', language: 'de' })
    expect((await gus.patch('/api/v1/me', { email: 'other@globex.example' })).status).toBe(400)
    expect(await server.events('globex')).toContainEqual(expect.objectContaining({ action: 'user.update' }))
  })
})

describe('one’s own sessions', () => {
  test('are listed, and ended one by one or all others at once', async () => {
    const [here, there, elsewhere] = [
      await server.signIn('ada'),
      await server.signIn('ada'),
      await server.signIn('ada'),
    ]
    const { items } = (await here.get('/api/v1/me/sessions')).json()
    const mine = items.filter(({ current }: { current: boolean }) => current)
    const last = items.find(({ current }: { current: boolean }) => !current)

    expect(items).toHaveLength(3)
    expect(mine).toHaveLength(1)
    expect((await here.delete(`/api/v1/me/sessions/${last.id}`)).status).toBe(204)
    expect((await here.delete(`/api/v1/me/sessions/${last.id}`)).status).toBe(404)
    expect((await here.delete('/api/v1/me/sessions')).json()).toEqual({ ended: 1 })
    expect(
      (await Promise.all([here, there, elsewhere].map((client) => client.get('/api/v1/me')))).map(
        ({ status }) => status,
      ),
    ).toEqual([200, 401, 401])
  })

  test('are nobody else’s to end', async () => {
    const viv = await server.signIn('viv')
    const { items } = (await viv.get('/api/v1/me/sessions')).json()
    const kim = await server.signIn('kim')

    expect((await kim.delete(`/api/v1/me/sessions/${items[0].id}`)).status).toBe(404)
    expect((await viv.get('/api/v1/me')).status).toBe(200)
  })
})

describe('time', () => {
  const grow = (user: string, by: string) =>
    server.database.asOwner(
      `update sessions set last_used_at = last_used_at - $2::interval where user_id = $1`,
      [worldIds.user(user), by],
    )

  /** Moves the moment back at which somebody proved everything, and nothing else. */
  const signedInAgo = (user: string, ago: string) =>
    server.database.asOwner(
      'update sessions set signed_in_at = clock_timestamp() - $2::interval where user_id = $1',
      [worldIds.user(user), ago],
    )
  const momentsOf = async (user: string) => {
    const [row] = await server.database.asOwner<{ signed_in_at: Date; last_used_at: Date }>(
      'select signed_in_at, last_used_at from sessions where user_id = $1',
      [worldIds.user(user)],
    )
    if (!row) throw new Error('the session has gone')
    return row
  }

  test('since signing in ends a session by the policy of the home, however much it is used', async () => {
    await setPolicy('globex', { login_minutes: 120 })
    await server.database.asOwner('delete from sessions')
    const gus = await server.signIn('gus')
    await signedInAgo('gus', '1 hour 59 minutes')
    await grow('gus', '10 minutes')
    const before = await momentsOf('gus')
    expect((await gus.get('/api/v1/me')).status).toBe(200)
    const after = await momentsOf('gus')
    expect(after.last_used_at.getTime()).toBeGreaterThan(before.last_used_at.getTime())
    expect(after.signed_in_at).toEqual(before.signed_in_at)

    await signedInAgo('gus', '2 hours 1 second')
    expect((await gus.get('/api/v1/me')).status).toBe(401)
    await setPolicy('globex', {})
  })

  test.each([
    { policy: { idle_minutes: 15 }, within: '14 minutes', beyond: '16 minutes', pass: grow },
    { policy: { login_minutes: 60 }, within: '59 minutes', beyond: '61 minutes', pass: signedInAgo },
  ])(
    'that is too long for an account that is entered through a connection closes that one alone: $policy',
    async ({ policy, within, beyond, pass }) => {
      await setPolicy('acme', policy)
      const otto = await server.signIn('otto')
      await pass('otto', within)
      expect((await otto.get('/api/v1/accounts/acme/organizations')).status).toBe(200)

      await pass('otto', beyond)
      expect((await otto.get('/api/v1/accounts/nightowl')).status).toBe(200)
      const refused = await otto.get('/api/v1/accounts/acme/organizations')
      expect(refused.json()).toMatchObject({ code: 'step_up_required', step_up: 'reauthenticate' })
      await setPolicy('acme', {})
    },
  )

  test('without use ends a session by the policy of the home as it is now', async () => {
    const gus = await server.signIn('gus')
    await setPolicy('globex', { idle_minutes: 15 })
    await grow('gus', '14 minutes 55 seconds')
    expect((await gus.get('/api/v1/me')).status).toBe(200)

    await grow('gus', '15 minutes')
    expect((await gus.get('/api/v1/me')).status).toBe(401)
    await setPolicy('globex', {})
    expect((await gus.get('/api/v1/me')).status).toBe(401)
  })

  test('does not stand still because a page asks in the background', async () => {
    const gus = await server.signIn('gus')
    const page = gus.with({ 'keyholder-background': 'true' })
    for (let minute = 0; minute < 59; minute++) {
      await grow('gus', '1 minute')
      expect((await page.get('/api/v1/session')).status).toBe(200)
    }
    await grow('gus', '1 minute')

    expect((await page.get('/api/v1/session')).status).toBe(401)
  })

  test('that was too long for a stricter account asks there for everything anew, whatever was used meanwhile', async () => {
    await setPolicy('acme', { idle_minutes: 15 })
    const mallory = await server.signIn('mallory')
    await grow('mallory', '20 minutes')
    expect((await mallory.get('/api/v1/accounts/globex')).status).toBe(200)

    const refused = await mallory.get('/api/v1/accounts/acme/organizations')
    expect(refused.json()).toMatchObject({ code: 'step_up_required', step_up: 'reauthenticate' })

    const again = await mallory.post('/api/v1/session/password', { password: testPassword })
    const cookie = String(again.headers['set-cookie']).split(';')[0] ?? ''
    expect((await mallory.with({ cookie }).get('/api/v1/accounts/acme/organizations')).status).toBe(200)
    await setPolicy('acme', {})
  })
})
