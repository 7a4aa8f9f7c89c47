import { describe, expect, test } from 'vitest'
import { lockAccounts, transaction } from '@keyholder/storage'
import { worldIds } from '@keyholder/world'
import {
  startTestNode,
  startTestServer,
  testClient,
  type TestClient,
  type TestReply,
} from '@keyholder/testkit/server'
import { enter, signInTwice, type InSupport } from '../support/support.fixture.ts'

/*
 * T38: the operator's staff in an account of somebody else. They are there with a reason and until an end, seen by the
 * account and put out by it at any moment; they hold what the access opens and nothing else, there and nowhere else.
 */

const server = await startTestServer()
const begin = '/api/v1/support-accesses'
const acme = '/api/v1/accounts/acme'
const wanted = { account: 'acme', reason: 'Ticket 4711' }
const look = (client: TestClient) => client.get(`${acme}/organizations`)
const setSupport = async (isOn: boolean) => {
  const { headers } = await server.as('ada').get(acme)
  const reply = await server
    .as('ada')
    .patch(acme, { settings: { support_access: isOn } }, { headers: { 'if-match': headers.etag ?? '' } })
  expect(reply.status, `${reply.text}`).toBe(200)
}
const shift = (id: string, by: string) =>
  server.database.asOwner(
    `update support_accesses set started_at = started_at - $2::interval, ends_at = ends_at - $2::interval where id = $1`,
    [id, by],
  )

describe('entering', () => {
  test('is done by staff with a second factor, and opens the account to them', async () => {
    const { inside, id } = await enter(server, 'otto')
    const replies = await Promise.all([
      look(inside),
      inside.get(`${acme}/members`),
      inside.get(`${acme}/events`),
    ])

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(id).toMatch(/^sup_/)
  })

  test.each([
    { who: 'somebody who is no staff', user: 'gus' },
    { who: 'a superuser of the very account', user: 'ada' },
  ])('is refused to $who, and told of in their own log', async ({ user }) => {
    const client = await signInTwice(server, user)
    const reply = await client.post(begin, wanted)

    expect(reply.status).toBe(403)
    expect(reply.json()).toMatchObject({ code: 'support_not_operator' })
    expect((await server.events(user === 'ada' ? 'acme' : 'globex')).at(-1)).toMatchObject({
      action: 'support_access.begin',
      outcome: 'refused',
      actor: { user: worldIds.user(user) },
    })
  })

  test('is refused without a second factor, whatever the policies say', async () => {
    await server.operator.put('/api/v1/operators/usr_otto')
    const reply = await (await server.signIn('otto')).post(begin, wanted)

    expect(reply.json()).toMatchObject({ code: 'step_up_required', step_up: 'set_up_mfa' })
  })

  test('is refused to every key, also to one that acts for the staff', async () => {
    await server.operator.put('/api/v1/operators/usr_otto')
    const { client } = await server.withKey({ account: worldIds.account('acme'), scopes: ['account.view'] })
    const replies = await Promise.all(
      [server.operator, server.as('otto'), client].map((each) => each.post(begin, wanted)),
    )

    expect(replies.map((reply) => reply.json()['code'])).toEqual(replies.map(() => 'session_required'))
  })

  test('is refused while the account has turned it off, and put out are those who are in', async () => {
    const before = await enter(server, 'otto')
    await setSupport(false)
    const refused = await before.self.post(begin, wanted)
    const inside = await look(before.inside)
    await setSupport(true)
    const afterwards = await look(before.inside)

    expect(refused.json()).toMatchObject({ code: 'support_disabled' })
    expect([inside.status, afterwards.status]).toEqual([403, 403])
    expect((await look((await enter(server, 'otto')).inside)).status).toBe(200)
  })

  test('is refused into one’s own account, where roles say what one may', async () => {
    await server.operator.put('/api/v1/operators/usr_gus')
    const gus = await signInTwice(server, 'gus')
    const reply = await gus.post(begin, { ...wanted, account: 'globex' })
    await server.operator.delete('/api/v1/operators/usr_gus')

    expect(reply.json()).toMatchObject({ code: 'support_at_home' })
  })

  test.each([
    { minutes: 481 },
    { minutes: 0 },
    { reason: '' },
    { scope: 'everything' },
    { ends_at: '2099-01-01T00:00:00Z' },
  ])('takes no more than it may: %j', async (more) => {
    await server.operator.put('/api/v1/operators/usr_otto')
    const otto = await signInTwice(server, 'otto')

    expect((await otto.post(begin, { ...wanted, ...more })).status).toBe(400)
  })
})

describe('an access that is over', () => {
  const over = async (end: (access: InSupport) => Promise<unknown>) => {
    const access = await enter(server, 'otto', { scope: 'change' })
    expect((await look(access.inside)).status).toBe(200)
    await end(access)
    return access
  }

  test.each<[string, (access: InSupport) => Promise<unknown>]>([
    ['since its time came', ({ id }) => shift(id, '60 minutes')],
    ['by the account', ({ id }) => server.as('ada').delete(`${acme}/support-accesses/${id}`)],
    ['by the staff', ({ id, self }) => self.delete(`${begin}/${id}`)],
    ['because the person is staff no more', () => server.operator.delete('/api/v1/operators/usr_otto')],
    ['with the session', ({ self }) => self.delete('/api/v1/session')],
  ])('%s lets nobody stay, to read or to change', async (_, end) => {
    const { inside } = await over(end)
    const replies = [
      await look(inside),
      await inside.post(`${acme}/organizations`, { key: 'stay', name: 'Stay' }),
      await inside.get('/api/v1/me'),
    ]

    expect(replies.map(({ status }) => status)).toSatisfy((statuses: number[]) =>
      statuses.every((status) => status === 403 || status === 401),
    )
  })

  test('is refused like a made-up one, and told of in the log of the staff’s own account', async () => {
    const { inside, self } = await over(({ id }) => server.as('ada').delete(`${acme}/support-accesses/${id}`))
    const real = await look(inside)
    const madeUp = await look(self.with({ 'keyholder-support-access': 'sup_of_nobody' }))

    expect(real.status).toBe(403)
    expect(real.text).toBe(madeUp.text)
    expect((await server.events('nightowl')).at(-1)).toMatchObject({
      outcome: 'refused',
      reason: 'support_access_invalid',
      actor: { user: worldIds.user('otto') },
    })
  })

  test('counts to its last moment', async () => {
    const access = await enter(server, 'otto')
    await shift(access.id, '59 minutes')

    expect((await look(access.inside)).status).toBe(200)
  })

  test('is over on every node at once, also on one that hears of nothing', async () => {
    const other = startTestNode(server, { isDeaf: true })
    const { id, headers } = await enter(server, 'otto')
    const there = testClient(other.app, headers)
    expect((await there.get(`${acme}/organizations`)).status).toBe(200)
    await server.as('ada').delete(`${acme}/support-accesses/${id}`)

    expect((await there.get(`${acme}/organizations`)).status).toBe(403)
  })
})

describe('whoever is in to read', () => {
  test.each<[string, (client: TestClient) => Promise<TestReply>]>([
    ['writes', (client) => client.post(`${acme}/organizations`, { key: 'mine', name: 'Mine' })],
    ['deletes', (client) => client.delete(`${acme}/organizations/rome`)],
    ['exports the log', (client) => client.get(`${acme}/events-export`)],
    ['changes the licence', (client) => client.patch(`${acme}/licence`, {})],
  ])('is refused when they: %s', async (_, attempt) => {
    const { inside } = await enter(server, 'otto')
    const revision = await server.revision('acme')

    expect([403, 405]).toContain((await attempt(inside)).status)
    expect(await server.revision('acme')).toBe(revision)
    expect((await look(inside)).status).toBe(200)
  })
})

describe.each(['read', 'change'])('whoever is in to %s', (scope) => {
  const attempts: readonly [string, (client: TestClient) => Promise<TestReply>][] = [
    ['make a key', (c) => c.post(`${acme}/api-keys`, { name: 'Mine', scopes: ['organization.view'] })],
    ['see keys', (c) => c.get(`${acme}/api-keys`)],
    ['invite somebody', (c) => c.post(`${acme}/invitations`, { kind: 'home', email: 'x@acme.example' })],
    ['give themselves a role', (c) => c.post(`${acme}/grants`, { user: 'usr_mallory', role: 'viewer' })],
    ['bind a role', (c) => c.post(`${acme}/role-bindings`, { email: 'gus@globex.example', role: 'viewer' })],
    ['make a role', (c) => c.post(`${acme}/roles`, { key: 'mine', permissions: ['organization.view'] })],
    ['fill a group', (c) => c.post(`${acme}/groups/field/members`, { users: ['usr_nora'] })],
    ['suspend somebody', (c) => c.put(`${acme}/members/usr_viv/status`, { status: 'suspended' })],
    ['see where somebody is signed in', (c) => c.get(`${acme}/members/usr_viv/sessions`)],
    ['sign somebody out', (c) => c.delete(`${acme}/members/usr_viv/sessions`)],
    ['propose a connection', (c) => c.post(`${acme}/connections`, { guest: 'globex', maximum: 'viewer' })],
    [
      'change the sign-in policy',
      (c) => c.patch(acme, { settings: { mfa: 'nobody' } }, { headers: { 'if-match': '"1"' } }),
    ],
    ['change the legal entity', (c) => c.patch(`${acme}/entity`, { legal_name: 'Mine' })],
    ['look into the outbox', (c) => c.get('/api/v1/outbox')],
  ]

  test.each(attempts)('is refused when they try to %s', async (_, attempt) => {
    const { inside } = await enter(server, 'otto', { scope })
    const revision = await server.revision('acme')
    const reply = await attempt(inside)

    expect([403, 404, 405]).toContain(reply.status)
    expect(await server.revision('acme')).toBe(revision)
    expect((await look(inside)).status).toBe(200)
  })

  test('is so in a session with a second factor only', async () => {
    const { inside, id } = await enter(server, 'otto', { scope })
    const weaker = (await server.signIn('otto')).with({ 'keyholder-support-access': id })

    expect((await look(weaker)).json()).toMatchObject({ code: 'support_access_invalid' })
    expect((await look(inside)).status).toBe(200)
  })

  test('is nobody else: neither an owner nor another of the staff', async () => {
    const gus = await enter(server, 'gus', { scope })
    const { inside, self } = await enter(server, 'otto', { scope })
    const asOwner = await inside.with({ 'keyholder-act-as': 'usr_ada' }).get(`${acme}/organizations`)
    const asOther = await look(self.with({ 'keyholder-support-access': gus.id }))
    const keyInside = await look(server.operator.with({ 'keyholder-support-access': gus.id }))

    expect([asOwner, asOther, keyInside].map(({ status }) => status)).toEqual([403, 403, 403])
    expect((await look(gus.inside)).status).toBe(200)
  })

  test('enters no further account from there, and lengthens nothing', async () => {
    const { inside, id } = await enter(server, 'otto', { scope })
    const nested = await inside.post(begin, { ...wanted, account: 'globex' })
    const again = await inside.post(begin, { ...wanted, minutes: 480 })
    const [before] = await server.database.asOwner<{ ends_at: Date }>(
      'select ends_at from support_accesses where id = $1',
      [id],
    )
    const longer = [
      await inside.patch(`${begin}/${id}`, { minutes: 480 }),
      await inside.put(`${begin}/${id}`, { minutes: 480 }),
    ]
    const [after] = await server.database.asOwner<{ ends_at: Date }>(
      'select ends_at from support_accesses where id = $1',
      [id],
    )

    expect([nested, again].map((reply) => reply.json()['code'])).toEqual([
      'support_in_account_only',
      'support_in_account_only',
    ])
    expect(longer.map(({ status }) => status)).toEqual([405, 405])
    expect(after).toEqual(before)
  })

  test('is in no other account, also not where their own memberships would let them', async () => {
    const { inside, self } = await enter(server, 'gus', { scope })
    const [withAccess, madeUp] = [
      await inside.get('/api/v1/accounts/globex/organizations'),
      await inside.get('/api/v1/accounts/nowhere/organizations'),
    ]

    expect(withAccess.status).toBe(404)
    expect(withAccess.text).toBe(madeUp.text)
    expect((await self.get('/api/v1/accounts/globex/organizations')).status).toBe(200)
    expect((await look(self)).status).toBe(404)
  })

  test('does nothing about their own login from there', async () => {
    const { inside, self } = await enter(server, 'otto', { scope })
    const replies = [
      await inside.get('/api/v1/me'),
      await inside.patch('/api/v1/me', { name: 'Other' }),
      await inside.delete('/api/v1/me/sessions'),
    ]

    expect(replies.map((reply) => reply.json()['code'])).toEqual(replies.map(() => 'support_in_account_only'))
    expect((await self.get('/api/v1/me')).status).toBe(200)
  })

  test('asks for no decisions', async () => {
    const { inside } = await enter(server, 'otto', { scope })
    const reply = await inside.post('/access/v1/evaluation', {
      subject: { type: 'user', id: 'usr_viv' },
      action: { name: 'view' },
      resource: { type: 'asset', id: '7', properties: { account: 'acme' } },
    })

    expect(reply.status).toBe(403)
  })
})

describe('whoever is in to change', () => {
  test('changes what is neither access nor security, under both names', async () => {
    const { inside, id } = await enter(server, 'otto', { scope: 'change' })
    const reply = await inside.post(`${acme}/organizations`, { key: 'mended', name: 'Mended' })

    expect(reply.status, `${reply.text}`).toBe(201)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'organization.create',
      actor: { kind: 'support', user: worldIds.user('otto'), access: id },
    })
  })

  test('takes nobody’s access away by a detour', async () => {
    const { inside } = await enter(server, 'otto', { scope: 'change' })
    const { headers } = await inside.get(`${acme}/organizations/rome`)
    const reply = await inside.delete(`${acme}/organizations/rome`, {
      headers: { 'if-match': headers.etag ?? '' },
    })

    expect(reply.json()).toMatchObject({ code: 'beyond_own_access' })
    expect((await server.as('rita').get(`${acme}/organizations/rome`)).status).toBe(200)
  })

  test('is stopped also in the middle of a request, once the access is over', async () => {
    const { inside, id } = await enter(server, 'otto', { scope: 'change' })
    const waiting = await transaction(server.db, 'deployment', async (tx) => {
      await lockAccounts(tx, [worldIds.account('acme')])
      const reply = inside.post(`${acme}/organizations`, { key: 'late', name: 'Late' })
      await expect
        .poll(() =>
          server.database.asOwner(
            "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          ),
        )
        .not.toEqual([])
      await server.database.asOwner(
        `update support_accesses set ended_at = clock_timestamp(), ended_by = 'account' where id = $1`,
        [id],
      )
      return { reply }
    })

    expect((await waiting.reply).json()).toMatchObject({ code: 'support_access_invalid' })
    expect((await server.as('ada').get(`${acme}/organizations/late`)).status).toBe(404)
  })
})

describe('what the account sees of it', () => {
  test('is every event with the person and the access, the refused attempts too', async () => {
    const { inside, id } = await enter(server, 'otto', { scope: 'change' })
    await inside.post(`${acme}/organizations`, { key: 'seen', name: 'Seen' })
    await inside.get(`${acme}/api-keys`)
    await inside.get('/api/v1/accounts/globex')
    await server.as('ada').delete(`${acme}/support-accesses/${id}`)
    const { items } = (
      await server.as('ada').get(`${acme}/events`, { query: { support_access: id, sort: 'at' } })
    ).json<{ items: { action: string; actor: object; reason: string | null }[] }>()
    const csv = await server
      .as('ada')
      .get(`${acme}/events-export`, { query: { support_access: id, format: 'csv' } })

    expect(items.map(({ action }) => action)).toEqual([
      'support_access.begin',
      'organization.create',
      'api_key.list',
      'account.get',
      'support_access.end',
    ])
    expect(items.slice(1, 4).map(({ actor }) => actor)).toEqual(
      Array.from({ length: 3 }, () => ({
        kind: 'support',
        user: worldIds.user('otto'),
        key: null,
        connection: null,
        support_access: id,
      })),
    )
    expect(items[0]).toMatchObject({ reason: 'Ticket 4711', actor: { user: worldIds.user('otto') } })
    expect(csv.text.split('\r\n').filter((line) => line.includes(id))).toHaveLength(5)
  })

  test('is who is in at this moment, why and until when, and who put them out', async () => {
    const { id } = await enter(server, 'otto')
    const list = (state: string) => server.as('ada').get(`${acme}/support-accesses`, { query: { state } })
    const open = (await list('open')).json<{ items: { id: string }[] }>().items
    await server.as('ada').delete(`${acme}/support-accesses/${id}`)
    const over = (await list('over')).json<{ items: { id: string }[] }>().items

    expect(open.find((one) => one.id === id)).toMatchObject({
      operator: { user: worldIds.user('otto'), email: 'otto@nightowl.example' },
      scope: 'read',
      reason: 'Ticket 4711',
      ended: null,
    })
    expect((await list('open')).json<{ items: { id: string }[] }>().items.map((one) => one.id)).not.toContain(
      id,
    )
    expect(over.find((one) => one.id === id)).toMatchObject({ ended: { by: 'account' } })
  })
})
