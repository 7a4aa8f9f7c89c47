import { describe, expect, test } from 'vitest'
import { startTestServer, type TestReply } from '@keyholder/testkit/server'
import { act, at, connect, connectedWorld, may, propose } from './connections.fixture.ts'

const server = await startTestServer({ world: connectedWorld() })
const [frida, nadia] = [server.as('frida'), server.as('nadia')]
const code = (reply: TestReply) => [reply.status, reply.json().code]

async function statusOf(id: string): Promise<string> {
  return (await frida.get(at('contoso', `/${id}`))).json().status
}

describe('proposing a connection', () => {
  test.each([
    ['to itself', { guest: 'contoso' }, 'connection_to_itself'],
    ['to nobody', { guest: 'nobody-at-all' }, 'reference_unknown'],
    ['under a role that does not exist', { maximum: 'king' }, 'reference_unknown'],
    ['under a bound role', { maximum: 'roman' }, 'connection_role_bound'],
    ['that has ended', { ends_at: '2020-01-01T00:00:00Z' }, 'connection_ends_in_past'],
    [
      'into an organization of another',
      { openings: [{ organization: 'org_acme_rome' }] },
      'reference_unknown',
    ],
    ['into a group of another', { groups: ['grp_nightowl_ops'] }, 'reference_unknown'],
  ])('%s is refused, and nobody is told', async (_, body, expected) => {
    const mails = 'select count(*) from outbox'
    const before = [await server.database.asOwner(mails), (await server.events('nightowl')).length]
    const reply = await frida.post(at('contoso'), { guest: 'nightowl', maximum: 'user', ...body })

    expect(reply.json()).toMatchObject({ code: expected })
    expect([await server.database.asOwner(mails), (await server.events('nightowl')).length]).toEqual(before)
  })

  test('to an account that is connected already is refused with that connection', async () => {
    const { id } = (await propose(server)).json()
    const again = await frida.post(at('contoso'), { guest: 'nightowl', maximum: 'viewer' })

    expect(again.json()).toMatchObject({ code: 'connection_exists', connection: id })
  })

  test('opens no more than the proposer holds', async () => {
    const { client } = await server.withKey({
      account: 'acc_contoso' as never,
      scopes: ['connection.propose', 'connection.view'],
    })
    const body = { guest: 'unrelated', maximum: 'administrator' }
    const openings = [{ organization: 'rome' }]

    expect(code(await client.post(at('contoso'), { ...body, openings }))).toEqual([403, 'beyond_own_access'])
    expect(code(await client.post(at('contoso'), { ...body, groups: ['level-1'] }))).toEqual([
      403,
      'beyond_own_access',
    ])
    expect((await client.post(at('contoso'), body)).status).toBe(201)
  })

  test('takes the permission, and access to the account', async () => {
    const body = { guest: 'nightowl', maximum: 'user' }

    expect(code(await server.as('vera').post(at('contoso'), body))).toEqual([403, 'not_permitted'])
    expect((await server.as('ursula').post(at('contoso'), body)).text).toBe(
      (await server.as('ursula').post(at('no-such'), body)).text,
    )
  })

  test('can be to a provider that the operator vouches for', async () => {
    const list = () => frida.get('/api/v1/accounts/contoso/certified-providers')
    expect((await list()).json()).toEqual({ items: [] })
    await server.operator.put('/api/v1/accounts/nightowl/certification', { certified_provider: true })
    await server.operator.put('/api/v1/accounts/contoso/certification', { certified_provider: true })

    expect((await list()).json()).toEqual({ items: [{ slug: 'nightowl', name: 'Nightowl' }] })
    expect((await server.as('vera').get('/api/v1/accounts/contoso/certified-providers')).status).toBe(403)
  })
})

describe('a connection', () => {
  test('is seen from both its sides and from nowhere else', async () => {
    const id = await connect(server)
    const sideOf = async (who: string, slug: string) =>
      (
        await server
          .as(who)
          .get(at(slug), { query: { q: slug === 'contoso' ? 'night' : 'contoso', status: 'active' } })
      ).json()

    expect(await sideOf('adam', 'contoso')).toMatchObject({ items: [{ id, side: 'host', status: 'active' }] })
    expect(await sideOf('nils', 'nightowl')).toMatchObject({ items: [{ id, side: 'guest' }] })
    const hosting = await nadia.get(at('nightowl'), { query: { side: 'host' } })
    expect(hosting.json()).toMatchObject({ total: 1, items: [{ guest: { slug: 'deepsea' } }] })
    const ursula = server.as('ursula')
    expect((await ursula.get(at('unrelated', `/${id}`))).text).toBe(
      (await ursula.get(at('unrelated', '/con_made_up'))).text,
    )
    for (const what of ['accept', 'end', 'pause', 'narrowing']) {
      const body = what === 'pause' ? undefined : {}
      expect((await act(ursula, 'unrelated', id, what, body)).status).toBe(404)
    }
    expect((await ursula.get(at('unrelated', `/${id}/delegates`))).status).toBe(404)
    expect(await statusOf(id)).toBe('active')
  })

  test('is not changed by people who come through it', async () => {
    const id = await connect(server, { maximum: 'administrator', openings: [{}] })

    expect(await may(server, 'nadia', 'member.view', 'contoso')).toBe(true)
    for (const what of ['pause', 'end', 'widening', 'narrowing']) {
      expect(code(await act(nadia, 'contoso', id, what, {}))).toEqual([403, 'not_permitted'])
    }
  })

  test('takes the version that was read, where its terms are agreed on', async () => {
    const id = (await propose(server)).json().id as string
    const bare = await nadia.post(at('nightowl', `/${id}/accept`), {})
    const old = await nadia.post(at('nightowl', `/${id}/accept`), {}, { headers: { 'if-match': '"99"' } })

    expect([bare.status, old.status]).toEqual([428, 412])
    expect(await statusOf(id)).toBe('proposed')
  })

  test('is accepted once among many at the same time', async () => {
    const id = (await propose(server, { openings: [{ organization: 'rome' }] })).json().id as string
    const before = await server.revision('contoso')
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        act(i % 2 ? nadia : server.as('nils'), 'nightowl', id, 'accept', {}),
      ),
    )

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await server.revision('contoso')).toBe(before + 1)
    const grants = await server.database.asOwner('select * from grants where connection_id = $1', [id])
    expect(grants).toHaveLength(1)
  })

  test('can be previewed: who of the guest gains and who loses', async () => {
    const { id } = (await propose(server, { openings: [{ organization: 'rome' }] })).json()
    const read = await nadia.get(at('nightowl', `/${id}`))
    const headers = { 'if-match': read.headers.etag ?? '' }
    const preview = await nadia.post(
      at('nightowl', `/${id}/accept`),
      {},
      { headers, query: { preview: 'true' } },
    )

    expect(preview.json().preview.gains).toContainEqual(
      expect.objectContaining({ user: 'usr_otto', account: 'acc_contoso', organization: 'org_contoso_rome' }),
    )
    expect(preview.json().preview.seats).toEqual([
      expect.objectContaining({ account: 'acc_contoso', billed: 0 }),
    ])
    expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(false)
    const applied = await nadia.post(
      at('nightowl', `/${id}/accept`),
      {},
      { headers: { ...headers, 'keyholder-preview': preview.json().preview.hash } },
    )
    expect(applied.status).toBe(200)
    const loses = await frida.post(at('contoso', `/${id}/pause`), undefined, { query: { preview: 'true' } })
    expect(loses.json().preview.loses).toContainEqual(expect.objectContaining({ user: 'usr_vito' }))
  })
})

describe('the guest', () => {
  test('declines a proposal, which is over by it', async () => {
    const { id } = (await propose(server)).json()
    const reply = await act(nadia, 'nightowl', id, 'decline')

    expect(reply.json()).toMatchObject({ status: 'declined', offer: null, ended: { by: 'guest' } })
    expect(code(await act(nadia, 'nightowl', id, 'accept', {}))).toEqual([409, 'connection_state'])
    expect((await server.events('contoso')).at(-1)).toMatchObject({ action: 'connection.decline' })
  })

  test('counters with nothing that goes beyond the offer, and names only what it was shown', async () => {
    const { id } = (
      await propose(server, { groups: ['level-1'], openings: [{ organization: 'rome', role: 'archivist' }] })
    ).json()
    const counter = (body: object) => act(nadia, 'nightowl', id, 'counter', body)

    expect((await counter({ maximum: 'administrator' })).json()).toMatchObject({
      code: 'connection_not_narrower',
      wider: ['maximum'],
    })
    for (const body of [
      { maximum: 'secret' },
      { maximum: 'no-such-role' },
      { openings: [{ organization: 'org_contoso_milan' }] },
      { openings: [{ organization: 'milan' }] },
      { openings: [{ organization: 'org_contoso_rome', role: 'secret' }] },
      { groups: ['grp_nightowl_ops'] },
    ]) {
      expect(code(await counter(body))).toEqual([422, 'reference_unknown'])
    }
    expect(await statusOf(id)).toBe('proposed')
    const narrower = await counter({
      maximum: 'viewer',
      groups: [],
      openings: [{ organization: 'org_contoso_rome', role: 'archivist' }],
    })
    expect(narrower.json()).toMatchObject({
      offer: { by: 'guest', groups: [], terms: { maximum: { id: 'viewer' } } },
    })
    expect(code(await act(nadia, 'nightowl', id, 'accept', {}))).toEqual([403, 'connection_other_side'])
    const hosts = await server.operator.get('/api/v1/outbox', {
      query: { recipient: 'adam@contoso.example' },
    })
    expect(hosts.json().items[0].payload).toMatchObject({ template: 'connection_offer', connection: id })
  })

  test('neither narrows, pauses, extends nor resumes: that is the host’s', async () => {
    const id = await connect(server, { ends_at: '2090-01-01T00:00:00Z', extension_days: 10 })
    const attempts = [
      await act(nadia, 'nightowl', id, 'narrowing', { maximum: 'viewer' }),
      await act(nadia, 'nightowl', id, 'pause'),
      await act(nadia, 'nightowl', id, 'resume'),
      await act(nadia, 'nightowl', id, 'extension', { ends_at: '2090-01-02T00:00:00Z' }),
    ]

    expect(attempts.map(code)).toEqual(Array(4).fill([403, 'connection_other_side']))
    expect((await server.events('nightowl')).at(-1)).toMatchObject({
      action: 'connection.extend',
      outcome: 'refused',
    })
  })

  test('alone says which of its people are delegates, by a group of its own', async () => {
    const id = await connect(server, { openings: [{ organization: 'rome' }] })

    expect(code(await act(frida, 'contoso', id, 'delegates', { delegates: null }))).toEqual([
      403,
      'connection_other_side',
    ])
    expect(code(await act(nadia, 'nightowl', id, 'delegates', { delegates: 'level-1' }))).toEqual([
      422,
      'reference_unknown',
    ])
    expect((await act(nadia, 'nightowl', id, 'delegates', { delegates: 'ops' })).json()).toMatchObject({
      delegates: 'grp_nightowl_ops',
    })
    const seen = await frida.get(at('contoso', `/${id}/delegates`))
    expect(seen.json()).toMatchObject({ total: 1, items: [{ user: 'usr_otto' }] })
  })

  test('chooses its delegates with the acceptance', async () => {
    const { id } = (await propose(server, { openings: [{ organization: 'rome' }] })).json()
    await act(nadia, 'nightowl', id, 'accept', { delegates: 'night-shift' })

    expect(await may(server, 'vito', 'view', 'contoso/rome')).toBe(true)
    expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(false)
  })
})

describe('what was offered is held against the power of whoever offered it, at the acceptance', () => {
  const adam = '/api/v1/accounts/contoso/members/usr_adam'

  test.each([
    ['with an organization', { openings: [{ organization: 'rome' }] }],
    ['with nothing open yet', {}],
  ])('and refused while they are suspended, %s', async (_, body) => {
    const { id } = (await propose(server, body, 'adam')).json()
    await frida.put(`${adam}/status`, { status: 'suspended' })
    const refused = await act(nadia, 'nightowl', id, 'accept', {})
    const before = await statusOf(id)
    await frida.put(`${adam}/status`, { status: 'active' })
    const accepted = await act(nadia, 'nightowl', id, 'accept', {})

    expect(code(refused)).toEqual([403, 'connection_not_backed'])
    expect(before).toBe('proposed')
    expect(accepted.status).toBe(200)
  })

  test('and refused while they hold less, though they may still propose', async () => {
    await frida.post('/api/v1/accounts/contoso/roles', { key: 'envoy', permissions: ['connection.propose'] })
    const { id } = (await propose(server, { openings: [{ organization: 'rome' }] }, 'adam')).json()
    const role = async (name: string) => {
      const { headers } = await frida.get(adam)
      const body = { default_role: { role: name } }
      await frida.patch(adam, body, { headers: { 'if-match': headers.etag ?? '' } })
    }
    await role('envoy')
    const refused = await act(nadia, 'nightowl', id, 'accept', {})
    await role('administrator')

    expect(code(refused)).toEqual([403, 'connection_not_backed'])
    expect(refused.text).not.toContain('asset')
    expect(await may(server, 'otto', 'view', 'contoso/rome')).toBe(false)
  })

  test('of wider terms too', async () => {
    const id = await connect(server, { maximum: 'viewer', openings: [{ organization: 'rome' }] })
    await act(server.as('adam'), 'contoso', id, 'widening', { maximum: 'user' })
    await frida.put(`${adam}/status`, { status: 'suspended' })
    const refused = await act(nadia, 'nightowl', id, 'accept', {})
    await frida.put(`${adam}/status`, { status: 'active' })

    expect(code(refused)).toEqual([403, 'connection_not_backed'])
    expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(false)
    await act(nadia, 'nightowl', id, 'accept', {})
    expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(true)
  })
})

describe('wider terms', () => {
  test('are declined without ending anything, and fall when the host narrows', async () => {
    const id = await connect(server, { maximum: 'user', openings: [{ organization: 'rome' }] })
    await act(nadia, 'nightowl', id, 'widening', { maximum: 'administrator' })
    await act(frida, 'contoso', id, 'decline')
    expect(await statusOf(id)).toBe('active')

    await act(nadia, 'nightowl', id, 'widening', { maximum: 'administrator' })
    const narrowed = await act(frida, 'contoso', id, 'narrowing', { maximum: 'viewer' })
    expect(narrowed.json()).toMatchObject({ offer: null, terms: { maximum: { id: 'viewer' } } })
    expect(code(await act(frida, 'contoso', id, 'accept'))).toEqual([409, 'connection_nothing_offered'])
    expect(code(await act(frida, 'contoso', id, 'widening', { maximum: 'viewer' }))).toEqual([
      422,
      'connection_not_wider',
    ])
    expect(code(await act(frida, 'contoso', id, 'narrowing', { maximum: 'user' }))).toEqual([
      422,
      'connection_not_narrower',
    ])
  })
})

describe('the end', () => {
  test('of a connection that carries more than somebody holds is not theirs to bring about', async () => {
    const id = await connect(server, { openings: [{ organization: 'rome' }] })
    const { client } = await server.withKey({
      account: 'acc_contoso' as never,
      scopes: ['connection.view', 'connection.end', 'connection.edit'],
    })

    expect(code(await client.post(at('contoso', `/${id}/end`)))).toEqual([403, 'beyond_own_access'])
    expect(code(await client.post(at('contoso', `/${id}/pause`)))).toEqual([403, 'beyond_own_access'])
    expect(await may(server, 'otto', 'edit', 'contoso/rome')).toBe(true)
    expect((await server.as('adam').post(at('contoso', `/${id}/end`))).json()).toMatchObject({
      connection: { status: 'ended', ended: { by: 'host' } },
    })
  })

  test('is for good', async () => {
    const { id } = (await propose(server)).json()
    await act(frida, 'contoso', id, 'end')

    for (const [who, slug, what] of [
      [nadia, 'nightowl', 'accept'],
      [frida, 'contoso', 'resume'],
      [frida, 'contoso', 'end'],
    ] as const) {
      expect(code(await act(who, slug, id, what))).toEqual([409, 'connection_state'])
    }
    expect((await propose(server)).status).toBe(201)
  })
})
