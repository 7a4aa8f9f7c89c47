import { describe, expect, test } from 'vitest'
import { startTestNode, startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const path = `${account}/grants`

async function grantOf(user: string, query: Record<string, string> = {}): Promise<string> {
  const reply = await server.as('ada').get(path, { query: { user, ...query } })
  return (reply.json().items[0] as { id: string }).id
}

async function edit(who: string, grant: string, body: object) {
  const read = await server.as('ada').get(`${path}/${grant}`)
  return server.as(who).patch(`${path}/${grant}`, body, { headers: { 'if-match': read.headers.etag ?? '' } })
}

async function sees(user: string, organization: string): Promise<boolean> {
  return (await server.as(user).get(`${account}/organizations/${organization}`)).status === 200
}

const connection = async () => {
  const [row] = await server.database.asOwner<{ id: string }>(
    `select id from connections where account_id = 'acc_acme'`,
  )
  return row?.id ?? ''
}

describe('the grants of an account', () => {
  test('are listed with the names of what they speak of', async () => {
    const reply = await server.as('ada').get(path, { query: { organization: 'rome', sort: 'subject' } })

    expect(reply.json().total).toBe(3)
    expect(reply.json().items).toContainEqual(
      expect.objectContaining({
        subject: { type: 'user', id: 'usr_rita', name: 'Rita Restricted' },
        role: 'administrator',
        organization: { id: 'org_acme_rome', name: 'Rome office' },
        starts_at: null,
        ends_at: null,
      }),
    )
  })

  test.each([
    { query: { user: 'viv' }, total: 1 },
    { query: { group: 'field' }, total: 1 },
    { query: { subject_type: 'connection' }, total: 1 },
    { query: { role: 'keeper' }, total: 1 },
    { query: { scope: 'organization' }, total: 4 },
    { query: { scope: 'account', user: 'kim', current: 'true' }, total: 1 },
  ])('are filtered: $query', async ({ query, total }) => {
    expect((await server.as('ada').get(path, { query })).json().total).toBe(total)
  })

  test.each(['created_at', 'subject', 'role', 'organization', 'ends_at'])(
    'are sorted by %s',
    async (sort) => {
      const reply = await server.as('ada').get(path, { query: { sort: `-${sort}`, limit: '3' } })
      const next = { sort: `-${sort}`, limit: '100', cursor: reply.json().next_cursor as string }
      const rest = await server.as('ada').get(path, { query: next })
      const ids = [...reply.json().items, ...rest.json().items].map(({ id }: { id: string }) => id)

      expect(new Set(ids).size).toBe(reply.json().total)
    },
  )

  test('are only those over the organizations of somebody who sees no more', async () => {
    const all = await server.as('rita').get(path)
    const elsewhere = await server.as('rita').get(path, { query: { organization: 'oslo' } })
    const one = await server.as('rita').get(`${path}/${await grantOf('kim')}`)

    expect(all.json().total).toBe(3)
    expect(elsewhere.json()).toMatchObject({ code: 'reference_unknown' })
    expect(one.status).toBe(404)
  })

  test('are not filtered by two subjects at once', async () => {
    const reply = await server.as('ada').get(path, { query: { user: 'viv', group: 'field' } })

    expect(reply.json()).toMatchObject({ code: 'request_invalid', errors: [{ pointer: '/group' }] })
  })
})

describe('giving a role', () => {
  test('counts at the next question, and taking it away too', async () => {
    const before = await server.revision('acme')
    const given = await server.as('admin').post(path, { user: 'nora', role: 'viewer', organization: 'oslo' })
    const during = [await sees('nora', 'oslo'), await sees('nora', 'rome')]
    const taken = await server.as('admin').delete(`${path}/${given.json().id}`)

    expect(given.status).toBe(201)
    expect(given.json()).toMatchObject({ role: 'viewer', organization: { id: 'org_acme_oslo' } })
    expect(given.headers['keyholder-revision']).toBe(`acc_acme:${before + 1}`)
    expect([...during, taken.status, await sees('nora', 'oslo')]).toEqual([true, false, 204, false])
    expect((await server.events('acme')).filter(({ outcome }) => outcome === 'done').slice(-2)).toMatchObject(
      [
        {
          action: 'grant.create',
          organization: 'org_acme_oslo',
          after: { subject: { type: 'user', id: 'usr_nora' }, role: 'viewer' },
        },
        { action: 'grant.delete', before: { role: 'viewer' } },
      ],
    )
  })

  test('is possible in one’s own organization only, to somebody with no more than that', async () => {
    const here = await server.as('rita').post(path, { user: 'nora', role: 'viewer', organization: 'rome' })
    const there = await server.as('rita').post(path, { user: 'nora', role: 'viewer', organization: 'oslo' })
    const everywhere = await server.as('rita').post(path, { user: 'nora', role: 'viewer' })
    const taken = await server.as('rita').delete(`${path}/${here.json().id}`)

    expect([here.status, taken.status]).toEqual([201, 204])
    expect(there.json()).toMatchObject({ code: 'reference_unknown', pointer: '/organization' })
    expect(everywhere.json()).toMatchObject({ code: 'not_permitted', permission: 'grant.create' })
  })

  test('to a connection goes without a role, and stands in both accounts’ logs', async () => {
    const reply = await server.as('ada').post(path, { connection: await connection(), organization: 'oslo' })
    const [here, there] = [await server.events('acme'), await server.events('nightowl')]

    expect(reply.json()).toMatchObject({ role: null, subject: { type: 'connection', name: 'Nightowl' } })
    expect(there.at(-1)).toEqual(here.at(-1))
    expect(there.at(-1)).toMatchObject({ action: 'grant.create' })
    await server.as('ada').delete(`${path}/${reply.json().id}`)
    expect((await server.events('nightowl')).at(-1)).toMatchObject({ action: 'grant.delete' })
  })

  test.each([
    { why: 'they have it already', body: { user: 'viv', role: 'viewer' }, code: 'grant_exists' },
    { why: 'the role does not exist', body: { user: 'viv', role: 'emperor' }, code: 'reference_unknown' },
    {
      why: 'they are in another account',
      body: { user: 'usr_gus', role: 'viewer' },
      code: 'reference_unknown',
    },
    {
      why: 'the organization is another account’s',
      body: { user: 'viv', role: 'user', organization: 'org_globex_lima' },
      code: 'reference_unknown',
    },
    {
      why: 'the group is nowhere',
      body: { group: 'nowhere', role: 'viewer' },
      code: 'reference_unknown',
    },
    {
      why: 'the connection is another account’s',
      body: { connection: 'con_elsewhere', role: 'viewer' },
      code: 'reference_unknown',
    },
    { why: 'nobody is named', body: { role: 'viewer' }, code: 'request_invalid' },
    { why: 'two are named', body: { user: 'viv', group: 'field', role: 'user' }, code: 'request_invalid' },
    { why: 'a user gets no role', body: { user: 'viv' }, code: 'grant_needs_role' },
    {
      why: 'it would have ended',
      body: { user: 'viv', role: 'user', ends_at: '2020-01-01T00:00:00Z' },
      code: 'grant_never_current',
    },
    {
      why: 'it is more than the author has',
      body: { user: 'viv', role: 'superuser' },
      code: 'beyond_own_access',
    },
    {
      why: 'the author would get more',
      body: { user: 'admin', role: 'superuser' },
      code: 'beyond_own_access',
    },
  ])('is refused where $why', async ({ body, code }) => {
    const before = await server.revision('acme')

    expect((await server.as('admin').post(path, body)).json()).toMatchObject({ code })
    expect(await server.revision('acme')).toBe(before)
  })
})

describe('changing a grant', () => {
  test('moves its end and its role, and keeps its scope', async () => {
    const id = (
      await server.as('ada').post(path, { user: 'nora', role: 'viewer', organization: 'rome' })
    ).json().id
    const bounded = await edit('rita', id, { ends_at: '2999-01-01T00:00:00Z' })
    const raised = await edit('rita', id, { role: 'user', ends_at: null })

    expect(bounded.json()).toMatchObject({ role: 'viewer', ends_at: '2999-01-01T00:00:00.000Z' })
    expect(raised.json()).toMatchObject({
      role: 'user',
      ends_at: null,
      organization: { id: 'org_acme_rome' },
    })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'grant.update',
      before: { role: 'viewer' },
      after: { role: 'user', ends_at: null },
    })
    await server.as('ada').delete(`${path}/${id}`)
  })

  test('needs the version that was read', async () => {
    const id = await grantOf('kim')
    const blind = await server.as('ada').patch(`${path}/${id}`, { role: 'viewer' })
    const late = await server
      .as('ada')
      .patch(`${path}/${id}`, { role: 'viewer' }, { headers: { 'if-match': '"7"' } })

    expect([blind.status, late.status]).toEqual([428, 412])
  })

  test('is refused for one that the author does not see, and for more than they have', async () => {
    const unseen = await edit('rita', await grantOf('kim'), { role: 'viewer' })
    const more = await edit('admin', await grantOf('kim'), { role: 'superuser' })
    const others = await server.as('admin').delete(`${path}/${await grantOf('ada')}`)
    const made = await server.as('admin').delete(`${path}/grt_nothing`)

    expect(unseen.status).toBe(404)
    expect(more.json()).toMatchObject({ code: 'beyond_own_access' })
    expect(others.json()).toMatchObject({ code: 'beyond_own_access' })
    expect(made.status).toBe(404)
    expect(made.text).toBe(unseen.text)
  })

  test('is refused to somebody who may only look', async () => {
    const reply = await server.as('viv').delete(`${path}/${await grantOf('rita')}`)

    expect(reply.json()).toMatchObject({ code: 'not_permitted', permission: 'grant.delete' })
  })
})

describe('a grant for a time', () => {
  test('ends by itself, with nothing running', async () => {
    const grant = { user: 'nora', role: 'viewer', organization: 'oslo', ends_at: '2998-01-01T12:00:00Z' }
    await server.as('ada').post(path, grant)
    const clock = { now: Date.parse(grant.ends_at) - 1 }
    const nora = startTestNode(server, { clock }).operator.with({ 'keyholder-act-as': 'usr_nora' })
    const statuses = [(await nora.get(`${account}/organizations/oslo`)).status]
    clock.now += 1
    statuses.push((await nora.get(`${account}/organizations/oslo`)).status)

    expect(statuses).toEqual([200, 404])
  })

  test('that has not begun gives nothing yet', async () => {
    const later = { starts_at: '2998-01-01T00:00:00Z', ends_at: '2999-01-01T00:00:00Z' }
    const reply = await server
      .as('ada')
      .post(path, { user: 'nora', role: 'viewer', organization: 'rome', ...later })

    expect(reply.status).toBe(201)
    expect(await sees('nora', 'rome')).toBe(false)
  })
})
