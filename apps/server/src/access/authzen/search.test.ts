import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})

const view = { name: 'view' }
const oslo = { type: 'asset', id: '7', properties: { organization: 'acme/oslo' } }
const who = { subject: { type: 'user' }, action: view, resource: oslo }
const where = {
  subject: { type: 'user', id: 'rita' },
  action: view,
  resource: { type: 'asset', properties: { account: 'acme' } },
}
const what = { subject: { type: 'user', id: 'viv' }, resource: oslo }

interface Answer {
  readonly page: { readonly next_token: string; readonly count: number }
  readonly results: readonly { readonly id: string; readonly name: string }[]
}

const search = (kind: string, body: object) => server.operator.post(`/access/v1/search/${kind}`, body)

async function found(kind: string, body: object): Promise<readonly object[]> {
  const reply = await search(kind, body)
  expect(reply.status).toBe(200)
  return reply.json<Answer>().results
}

describe('a search for subjects', () => {
  test('finds everybody who may, members with their names', async () => {
    const users = await found('subject', who)
    expect(users).toContainEqual({
      type: 'user',
      id: 'usr_viv',
      properties: { email: 'viv@acme.example', external_id: 'viv' },
    })
    expect(users.map((user) => (user as { id: string }).id)).toEqual([
      'usr_ada',
      'usr_admin',
      'usr_mallory',
      'usr_sue',
      'usr_viv',
    ])
  })

  test('finds people who come through a connection, and tells the account their ids alone', async () => {
    const body = { ...who, resource: { ...oslo, properties: { organization: 'acme/rome' } } }
    const names = { email: 'otto@nightowl.example', external_id: 'otto' }
    expect(await found('subject', body)).toContainEqual({ type: 'user', id: 'usr_otto', properties: names })

    const scopes = ['member.view']
    const { client } = await server.withKey({ account: worldIds.account('acme'), scopes })
    const reply = await client.post('/access/v1/search/subject', body)
    expect(reply.json<Answer>().results).toContainEqual({ type: 'user', id: 'usr_otto' })
  })

  test.each([
    { key: 'without the permission to view members', scopes: ['account.manage_api_keys'], named: false },
    { key: 'that may view members', scopes: ['member.view'], named: true },
    {
      key: 'whose maker may view members there',
      scopes: ['member.view'],
      madeBy: 'rita',
      place: 'rome',
      named: true,
    },
    {
      key: 'whose maker may view none there',
      scopes: ['member.view'],
      madeBy: 'rita',
      place: 'oslo',
      named: false,
    },
    {
      key: 'whose maker may view none at all',
      scopes: ['member.view'],
      madeBy: 'nora',
      place: 'rome',
      named: false,
    },
  ])('tells a key $key names: $named', async ({ scopes, madeBy, place = 'oslo', named }) => {
    const made = { account: worldIds.account('acme'), scopes }
    const key = await server.withKey(madeBy ? { ...made, madeBy: worldIds.user(madeBy) } : made)
    const body = { ...who, resource: { ...oslo, properties: { organization: `acme/${place}` } } }
    // The second time, a key without a maker is remembered.
    for (const _ of [1, 2]) {
      const reply = await key.client.post('/access/v1/search/subject', body)
      const properties = { email: 'viv@acme.example', external_id: 'viv' }
      expect(reply.json<Answer>().results).toContainEqual({
        type: 'user',
        id: 'usr_viv',
        ...(named && { properties }),
      })
      expect(reply.text.includes('@')).toBe(named)
    }
  })

  test('looks at no id of a subject', async () => {
    const subject = { type: 'user', id: 'nobody' }
    expect(await found('subject', { ...who, subject })).toEqual(await found('subject', who))
  })

  test('tells at which revision it looked', async () => {
    const reply = await search('subject', who)
    expect(reply.json().context).toEqual({ revision: `acc_acme:${await server.revision('acme')}` })
  })
})

describe('a search for resources', () => {
  test('finds the organizations in which somebody may', async () => {
    expect(await found('resource', where)).toEqual([
      {
        type: 'asset',
        id: 'org_acme_rome',
        properties: { account: 'acc_acme', organization: 'acme/rome' },
      },
    ])
  })

  test('may ask for the organizations themselves, by a whole permission', async () => {
    const body = {
      ...where,
      action: { name: 'asset.view' },
      resource: { ...where.resource, type: 'organization' },
    }
    expect(await found('resource', body)).toMatchObject([{ type: 'organization', id: 'org_acme_rome' }])
  })

  test('finds the account where the permission is a matter of the account', async () => {
    const body = { subject: { type: 'user', id: 'ada' }, action: { name: 'manage_licence' } }
    const resource = { type: 'account', properties: { account: 'acme' } }
    expect(await found('resource', { ...body, resource })).toEqual([
      { type: 'account', id: 'acc_acme', properties: { account: 'acc_acme' } },
    ])
  })

  test('finds what a question about it allows', async () => {
    for (const resource of await found('resource', where)) {
      const reply = await server.operator.post('/access/v1/evaluation', { ...where, resource })
      expect(reply.json().decision).toBe(true)
    }
  })
})

describe('a search for resources with the key of an account', () => {
  test.each([
    { key: 'without the permission to view organizations', scopes: ['member.view'], named: [] },
    { key: 'that may view them', scopes: ['organization.view'], named: ['rome', 'oslo'] },
    {
      key: 'whose maker may view one of them',
      scopes: ['organization.view'],
      madeBy: 'rita',
      named: ['rome'],
    },
    { key: 'whose maker may view none', scopes: ['organization.view'], madeBy: 'nora', named: [] },
  ])('$key tells what $named are called, and of others where to ask', async ({ scopes, madeBy, named }) => {
    const made = { account: worldIds.account('acme'), scopes }
    const { client } = await server.withKey(madeBy ? { ...made, madeBy: worldIds.user(madeBy) } : made)
    // The second time, a key without a maker is remembered.
    for (const _ of [1, 2]) {
      const reply = await client.post('/access/v1/search/resource', {
        ...where,
        subject: { type: 'user', id: 'viv' },
      })
      const { results } = reply.json<{ results: readonly { id: string }[] }>()

      expect(results).toEqual(
        ['oslo', 'rome'].map((key) => ({
          type: 'asset',
          id: `org_acme_${key}`,
          properties: {
            account: 'acc_acme',
            organization: named.some((one) => one === key) ? `acme/${key}` : `org_acme_${key}`,
          },
        })),
      )
      for (const resource of results) {
        const asked = await client.post('/access/v1/evaluation', {
          ...where,
          subject: { type: 'user', id: 'viv' },
          resource,
        })
        expect(asked.json()).toMatchObject({ decision: true })
      }
    }
  })
})

describe('a search for actions', () => {
  test('finds what somebody may do with a kind of resource', async () => {
    const actions = await found('action', what)
    expect(actions).toContainEqual({ name: 'view' })
    expect(actions).not.toContainEqual({ name: 'tag' })
  })

  test('finds more where more is granted', async () => {
    const resource = { ...oslo, properties: { organization: 'acme/rome' } }
    expect(await found('action', { ...what, resource })).toContainEqual({ name: 'tag' })
  })
})

describe('a search that can find nothing answers with nothing', () => {
  test.each([
    ['subject', { ...who, subject: { type: 'spaceship' } }],
    ['subject', { ...who, action: { name: 'fly' } }],
    ['subject', { ...who, resource: { type: 'spaceship', id: '7' } }],
    ['subject', { ...who, resource: { ...oslo, properties: { organization: 'acme/nowhere' } } }],
    ['resource', { ...where, subject: { type: 'user', id: 'nobody' } }],
    ['resource', { ...where, resource: { type: 'spaceship', properties: { account: 'acme' } } }],
    ['resource', { ...where, resource: { type: 'asset', properties: { account: 'nobody' } } }],
    ['action', { ...what, subject: { type: 'user', id: 'nobody' } }],
    ['action', { ...what, resource: { ...oslo, type: 'spaceship' } }],
  ])('%s: %j', async (kind, body) => {
    const reply = await search(kind, body)
    expect(reply.json()).toMatchObject({ page: { next_token: '', count: 0 }, results: [] })
  })
})

describe('a search that is none is refused with 400', () => {
  test.each([
    ['subject', { ...who, action: undefined }],
    ['subject', { ...who, resource: { type: 'asset' } }],
    ['resource', { ...where, subject: undefined }],
    ['resource', { ...where, subject: { type: 'user' } }],
    ['action', { ...what, resource: undefined }],
    ['subject', { ...who, page: { limit: -1 } }],
    ['subject', { ...who, page: { limit: 'all' } }],
    ['subject', { ...who, page: 7 }],
  ])('%s: %j', async (kind, body) => {
    expect((await search(kind, body)).status).toBe(400)
  })
})

describe('the pages of a search', () => {
  test.each([
    ['subject', who],
    ['action', what],
  ])('%s: hold everything once, in order, however small they are', async (kind, body) => {
    const all = await found(kind, body)
    const seen: object[] = []
    let token = ''
    do {
      const page = token === '' ? { limit: 2 } : { token }
      const reply = (await search(kind, { ...body, page })).json<Answer>()
      expect(reply.page.count).toBe(reply.results.length)
      expect(reply.results.length).toBeLessThanOrEqual(2)
      seen.push(...reply.results)
      token = reply.page.next_token
    } while (token !== '')
    expect(seen).toEqual(all)
  })

  test('of nothing lead on to what there is', async () => {
    const none = (await search('subject', { ...who, page: { limit: 0 } })).json<Answer>()
    expect(none).toMatchObject({ page: { count: 0 }, results: [] })
    expect(none.page.next_token).not.toBe('')
  })

  test('have no token of another search, of nobody else, and none that was made up', async () => {
    const { next_token: token } = (await search('subject', { ...who, page: { limit: 2 } })).json<Answer>()
      .page
    const refused = [
      await search('subject', { ...who, action: { name: 'tag' }, page: { token } }),
      await search('subject', { ...who, page: { token, limit: 3 } }),
      await search('resource', { ...where, page: { token } }),
      await search('subject', { ...who, page: { token: `${token.slice(0, -2)}AA` } }),
      await search('subject', { ...who, page: { token: 'made-up' } }),
    ]
    const { client } = await server.withKey({ account: worldIds.account('acme'), scopes: [] })
    refused.push(await client.post('/access/v1/search/subject', { ...who, page: { token } }))
    for (const reply of refused) {
      expect(reply.status).toBe(400)
      expect(reply.json()).toMatchObject({ code: 'page_token_invalid' })
    }
    expect((await search('subject', { ...who, page: { token, limit: 2 } })).status).toBe(200)
  })
})
