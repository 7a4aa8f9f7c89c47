import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { startTestServer, type TestClient } from '@keyholder/testkit/server'

const server = await startTestServer()
const acme = '/api/v1/accounts/acme'
const path = `${acme}/access-requests`
const message = 'For the move'

interface Request {
  readonly id: string
  readonly state: string
}

// However many requests the cases before it made.
beforeEach(() => server.database.asOwner('delete from attempts'))

async function ask(who: TestClient, body: object = {}): Promise<Request> {
  const reply = await who.post(path, { message, ...body })
  expect(reply.status, `${reply.text}`).toBe(201)
  return reply.json<Request>()
}

// Each test begins with nothing that waits for an answer.
afterEach(() => server.database.asOwner('delete from access_requests'))

const approve = (who: TestClient, { id }: Request, body: object) => who.post(`${path}/${id}/approval`, body)
const mails = (template: string) =>
  server.database.asOwner<{ recipient: string; payload: Record<string, unknown> }>(
    `select recipient, payload from outbox where payload ->> 'template' = $1 order by created_at, id`,
    [template],
  )
const mayView = async (user: string, organization: string) => {
  const reply = await server.operator.post('/access/v1/evaluation', {
    subject: { type: 'user', id: worldIds.user(user) },
    action: { name: 'view' },
    resource: {
      type: 'asset',
      id: '7',
      properties: { organization: worldIds.organization('acme', organization) },
    },
  })
  return reply.json<{ decision: boolean }>().decision
}

describe('asking for access', () => {
  test('is for a member who has nothing at all, in their own words', async () => {
    const request = await ask(server.as('nora'), { wants: 'The office in Rome' })

    expect(request).toMatchObject({
      state: 'open',
      organization: null,
      wants: 'The office in Rome',
      message,
      user: { email: 'nora@acme.example' },
    })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'access_request.create',
      actor: { user: worldIds.user('nora') },
      after: { place: { kind: 'words' } },
    })
  })

  test('is for an external user too, and for an organization that they see', async () => {
    const request = await ask(server.as('mallory'), { organization: 'oslo' })

    expect(request).toMatchObject({ organization: { key: 'oslo' }, wants: null })
  })

  test('is told to those who may answer, superusers among them, and to nobody else', async () => {
    const before = (await mails('access_requested')).length
    await ask(server.as('nora'), { wants: 'Rome' })
    const told = (await mails('access_requested')).slice(before)

    expect(told.map(({ recipient }) => recipient).toSorted()).toEqual([
      'ada@acme.example',
      'admin@acme.example',
      'sue@acme.example',
    ])
    expect(told[0]?.payload).toMatchObject({
      by: { email: 'nora@acme.example' },
      message: `Rome\n\n${message}`,
    })
  })

  test('tells nobody who sees no organizations which there are', async () => {
    const [real, madeUp] = [
      await server.as('nora').post(path, { message, organization: 'rome' }),
      await server.as('nora').post(path, { message, organization: 'nome' }),
    ]
    const alike = (text: string, name: string) =>
      text.replaceAll(name, 'X').replaceAll(/arq_\w+|\d{4}-[\d:.TZ-]+/g, '')

    expect([real.status, madeUp.status]).toEqual([201, 201])
    expect(alike(real.text, 'rome')).toBe(alike(madeUp.text, 'nome'))
    expect((await server.as('nora').post(path, { message, organization: 'rome' })).status).toBe(409)
    expect((await server.as('nora').post(path, { message, organization: 'nome' })).status).toBe(409)
  })

  test('tells somebody who sees some organizations nothing of the others', async () => {
    const request = await ask(server.as('mallory'), { organization: 'rome' })

    expect(request).toMatchObject({ organization: null, wants: 'rome' })
  })

  test('for an organization that is none is refused to whoever sees them all', async () => {
    const reply = await server.as('viv').post(path, { message, organization: 'nome' })

    expect(reply.json()).toMatchObject({ code: 'reference_unknown', pointer: '/organization' })
  })

  test('is done once for one place', async () => {
    const viv = server.as('viv')
    const first = await ask(viv, { organization: 'rome' })
    const again = await viv.post(path, { message, organization: worldIds.organization('acme', 'rome') })
    const elsewhere = await viv.post(path, { message, organization: 'oslo' })

    expect(again.json()).toMatchObject({ code: 'access_request_open', request: first.id })
    expect(elsewhere.status).toBe(201)
  })

  test('is done once for one place also when it is asked for several times at the same moment', async () => {
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => server.as('kim').post(path, { message, organization: 'rome' })),
    )

    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 409, 409, 409, 409, 409,
    ])
  })

  test('is not done for very many places', async () => {
    for (let place = 0; place < 10; place++) await ask(server.as('nora'), { wants: `Place ${place}` })

    expect((await server.as('nora').post(path, { message, wants: 'One more' })).json()).toMatchObject({
      code: 'access_requests_too_many',
      most: 10,
    })
  })

  test.each<[string, () => Promise<TestClient>]>([
    [
      'a key of the account',
      async () =>
        (await server.withKey({ account: worldIds.account('acme'), scopes: ['account.view'] })).client,
    ],
    ['the deployment’s owner', async () => server.operator],
    ['somebody who comes by a connection', async () => server.as('otto')],
  ])('is not for %s', async (_, client) => {
    expect((await (await client()).post(path, { message })).json()).toMatchObject({
      code: 'access_request_members_only',
    })
  })

  test('is answered as not there to whoever is no member', async () => {
    expect((await server.as('gus').post(path, { message })).status).toBe(404)
  })

  test.each([
    {},
    { message: ' ' },
    { message, wants: 'Rome', organization: 'rome' },
    { message, role: 'superuser' },
  ])('takes no more and no less than it may: %j', async (body) => {
    expect((await server.as('nora').post(path, body)).status).toBe(400)
  })
})

describe('approving', () => {
  test('gives the role with its end at once, and tells the person', async () => {
    const request = await ask(server.as('nora'), { wants: 'Rome' })
    const before = await mayView('nora', 'rome')
    const reply = await approve(server.as('admin'), request, {
      role: 'viewer',
      organization: 'rome',
      ends_at: '2099-01-01T00:00:00Z',
      message: 'For a while',
    })
    const grant = await server.as('ada').get(`${acme}/grants/${reply.json()['grant']}`)

    expect(reply.json()).toMatchObject({
      state: 'approved',
      settled_by: worldIds.user('admin'),
      answer: 'For a while',
    })
    expect(grant.json()).toMatchObject({
      subject: { id: worldIds.user('nora') },
      role: 'viewer',
      organization: { name: 'Rome office' },
      ends_at: '2099-01-01T00:00:00.000Z',
    })
    expect([before, await mayView('nora', 'rome')]).toEqual([false, true])
    expect((await mails('access_request_approved')).at(-1)).toMatchObject({
      recipient: 'nora@acme.example',
      payload: { role: 'Viewer', organization: { key: 'rome' }, message: 'For a while' },
    })
    await server.as('ada').delete(`${acme}/grants/${reply.json()['grant']}`)
  })

  test('shows before who gains what, and writes nothing then', async () => {
    const request = await ask(server.as('nora'), { wants: 'Rome' })
    const preview = await server
      .as('admin')
      .post(
        `${path}/${request.id}/approval`,
        { role: 'viewer', organization: 'rome' },
        { query: { preview: 'true' } },
      )

    expect(preview.json()['preview'].gains).toContainEqual(
      expect.objectContaining({ user: worldIds.user('nora') }),
    )
    expect(await mayView('nora', 'rome')).toBe(false)
    expect((await server.as('nora').get(`${path}/${request.id}`)).json()).toMatchObject({ state: 'open' })
  })

  test('of a request in words says which place is meant, and never the whole account for want of it', async () => {
    const request = await ask(server.as('nora'), { wants: 'Rome' })
    const unsaid = await approve(server.as('ada'), request, { role: 'viewer' })
    const unknown = await approve(server.as('ada'), request, { role: 'viewer', organization: 'nome' })

    expect(unsaid.json()).toMatchObject({ code: 'access_request_place_needed' })
    expect(unknown.json()).toMatchObject({ code: 'reference_unknown' })
  })

  test('happens once, of two who approve at the same moment', async () => {
    const request = await ask(server.as('nora'), { wants: 'Rome' })
    const replies = await Promise.all(
      ['ada', 'sue', 'admin', 'ada'].map((who) =>
        approve(server.as(who), request, { role: 'viewer', organization: 'oslo' }),
      ),
    )

    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
    const won = replies.find(({ status }) => status === 200)
    await server.as('ada').delete(`${acme}/grants/${won?.json()['grant']}`)
  })

  test('gives nobody more than whoever approves holds there', async () => {
    const request = await ask(server.as('nora'), { wants: 'Rome' })
    const superuser = await approve(server.as('admin'), request, { role: 'superuser', organization: null })
    const beyondScope = await approve(server.as('rita'), request, { role: 'viewer', organization: 'rome' })

    expect(superuser.json()).toMatchObject({ code: 'beyond_own_access' })
    expect(beyondScope.status).toBe(404)
    expect((await server.as('nora').get(`${path}/${request.id}`)).json()).toMatchObject({ state: 'open' })
  })
})

describe('nobody approves their own request', () => {
  const own = { role: 'viewer', organization: 'oslo' }

  test('with a session, with another one, or through the host product', async () => {
    const [here, there] = [await server.signIn('admin'), await server.signIn('admin')]
    const request = await ask(here, { organization: 'oslo' })
    const replies = [
      await approve(here, request, own),
      await approve(there, request, own),
      await approve(server.as('admin'), request, own),
      await here.post(`${path}/${request.id}/refusal`, {}),
    ]

    expect(replies.map((reply) => reply.json()['code'])).toEqual(replies.map(() => 'own_access_request'))
    expect((await server.events('acme')).at(-1)).toMatchObject({ outcome: 'refused' })
  })

  test('with a key that they made', async () => {
    const { client } = await server.withKey({
      account: worldIds.account('acme'),
      scopes: ['*', 'grant.create', 'asset.view', 'organization.view'],
      madeBy: worldIds.user('admin'),
    })
    const request = await ask(server.as('admin'), { organization: 'oslo' })

    expect((await approve(client, request, own)).json()).toMatchObject({ code: 'own_access_request' })
  })

  test('because they came into a group that may', async () => {
    const request = await ask(server.as('nora'), { wants: 'Oslo' })
    await server.as('ada').post(`${acme}/groups`, { key: 'granting', name: 'Granting' })
    await server.as('ada').post(`${acme}/grants`, { group: 'granting', role: 'administrator' })
    await server.as('ada').post(`${acme}/groups/granting/members`, { users: [worldIds.user('nora')] })
    const listed = await server.as('nora').get(path)
    const reply = await approve(server.as('nora'), request, own)
    await server.as('ada').delete(`${acme}/groups/granting`)

    expect(listed.status).toBe(200)
    expect(reply.json()).toMatchObject({ code: 'own_access_request' })
  })
})

describe('declining and withdrawing', () => {
  test('does not let somebody send mails to everybody again and again', async () => {
    const statuses: number[] = []
    for (let round = 0; round < 21; round++) {
      const reply = await server.as('kim').post(path, { wants: `place ${round}`, message: 'please' })
      statuses.push(reply.status)
      if (reply.status === 201) await server.as('kim').post(`${path}/${reply.json()['id']}/withdrawal`)
    }

    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 429])
  })

  test('tells the person why, and gives nothing', async () => {
    const revision = await server.revision('acme')
    const request = await ask(server.as('nora'), { wants: 'Rome' })
    const reply = await server.as('admin').post(`${path}/${request.id}/refusal`, { reason: 'Not this year' })

    expect(reply.json()).toMatchObject({ state: 'declined', answer: 'Not this year', grant: null })
    expect((await mails('access_request_declined')).at(-1)).toMatchObject({
      recipient: 'nora@acme.example',
      payload: { message: 'Not this year' },
    })
    expect(await server.revision('acme')).toBe(revision)
    expect((await approve(server.as('ada'), request, { role: 'viewer' })).json()).toMatchObject({
      code: 'access_request_settled',
      request_state: 'declined',
    })
  })

  test('is one’s own affair: nobody else takes a request back', async () => {
    const request = await ask(server.as('nora'), { wants: 'Rome' })
    const byOthers = await Promise.all(
      ['ada', 'viv', 'mallory'].map((who) => server.as(who).post(`${path}/${request.id}/withdrawal`)),
    )
    const own = await server.as('nora').post(`${path}/${request.id}/withdrawal`)

    expect(byOthers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(own.json()).toMatchObject({ state: 'withdrawn' })
    expect((await server.as('nora').post(`${path}/${request.id}/withdrawal`)).status).toBe(409)
  })
})

describe('who sees a request', () => {
  test('is whoever made it, in every account, and whoever may answer it', async () => {
    const nora = await server.signIn('nora')
    const request = await ask(nora, { wants: 'Rome' })
    const mine = (await nora.get('/api/v1/me/access-requests', { query: { state: 'open' } })).json()
    const all = (await server.as('admin').get(path)).json()

    expect(mine.items).toMatchObject([{ id: request.id, account: { slug: 'acme' } }])
    expect(all.items).toMatchObject([{ id: request.id }])
    expect((await server.as('viv').get(`${path}/${request.id}`)).status).toBe(404)
    expect((await server.as('viv').get(path)).json()).toMatchObject({ code: 'not_permitted' })
  })

  test('is, of an organization, its own administrator; of words, only who may grant everywhere', async () => {
    const [rome, oslo] = [
      await ask(server.as('viv'), { organization: 'rome' }),
      await ask(server.as('viv'), { organization: 'oslo' }),
    ]
    const words = await ask(server.as('nora'), { wants: 'rome' })
    const seen = (await server.as('rita').get(path)).json<{ items: Request[] }>().items.map(({ id }) => id)

    expect(seen).toEqual([rome.id])
    for (const { id } of [oslo, words])
      expect((await server.as('rita').get(`${path}/${id}`)).status).toBe(404)
    expect((await approve(server.as('rita'), oslo, { role: 'viewer', organization: 'rome' })).status).toBe(
      404,
    )
    expect((await approve(server.as('rita'), rome, { role: 'viewer', organization: 'oslo' })).status).toBe(
      422,
    )
    expect(
      (await approve(server.as('rita'), rome, { role: 'viewer', organization: null })).json(),
    ).toMatchObject({
      code: 'not_permitted',
      permission: 'grant.create',
    })
    expect((await approve(server.as('rita'), rome, { role: 'viewer' })).status).toBe(200)
  })

  test('is nobody in another account', async () => {
    const request = await ask(server.as('mallory'), { wants: 'Rome' })
    const reply = await server.as('mallory').get(`/api/v1/accounts/globex/access-requests/${request.id}`)

    expect(reply.status).toBe(404)
  })
})

test('a request goes with the membership', async () => {
  const added = await server.as('ada').post(`${acme}/members`, { email: 'zoe@acme.example' })
  const { id } = added.json<{ id: string }>()
  const zoe = server.operator.with({ 'keyholder-act-as': id })
  const request = await ask(zoe, { wants: 'Rome' })
  await server.as('ada').delete(`${acme}/members/${id}`)

  expect((await server.as('ada').get(`${path}/${request.id}`)).status).toBe(404)
  expect((await approve(server.as('ada'), request, { role: 'viewer', organization: 'rome' })).status).toBe(
    404,
  )
})
