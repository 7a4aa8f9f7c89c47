import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { startTestServer, testClient, type TestReply } from '@keyholder/testkit/server'

/*
 * T10: a key opens no more than its scopes, no more than its maker holds, and never tells its secret again. That it
 * is refused past its end and when revoked stands in apps/server/src/key/keys.test.ts.
 */

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const keys = `${account}/api-keys`
const using = (secret: string) => testClient(server.app, { authorization: `Bearer ${secret}` })

const manager = {
  key: 'key-manager',
  permissions: ['account.manage_api_keys', 'organization.view', 'asset.view'],
}
await server.as('ada').post(`${account}/roles`, manager)
await server.as('ada').post(`${account}/grants`, { user: 'nora', role: 'key-manager' })

const make = async (who: string, scopes: readonly string[]) => {
  const reply = await server.as(who).post(keys, { name: 'Key', scopes })
  expect(reply.status, `${reply.text}`).toBe(201)
  return reply.json<{ id: string; secret: string }>()
}

describe('a key that may only read', () => {
  test.each<[string, (key: ReturnType<typeof using>, id: string) => Promise<TestReply>]>([
    ['lists keys', (key) => key.get(keys)],
    ['makes a key', (key) => key.post(keys, { name: 'More', scopes: ['organization.view'] })],
    ['rotates itself', (key, id) => key.post(`${keys}/${id}/rotate`)],
    ['revokes a key', (key, id) => key.delete(`${keys}/${id}`)],
    ['changes an organization', (key) => key.post(`${account}/organizations`, { key: 'mine' })],
    ['acts as its maker', (key) => key.with({ 'keyholder-act-as': 'usr_ada' }).get(keys)],
    ['is the deployment’s owner', (key) => key.get('/api/v1/accounts')],
  ])('is refused when it %s', async (_, attempt) => {
    const { id, secret } = await make('ada', ['organization.view'])
    const revision = await server.revision('acme')
    const reply = await attempt(using(secret), id)

    expect(reply.status, `${reply.text}`).toBe(403)
    expect(await server.revision('acme')).toBe(revision)
    expect((await server.events('acme')).at(-1)).toMatchObject({ outcome: 'refused', actor: { key: id } })
    expect((await using(secret).get(`${account}/organizations`)).status).toBe(200)
  })
})

describe('a key that may manage keys', () => {
  test('makes none for somebody else, and none that holds more than itself', async () => {
    const { secret } = await make('ada', ['account.manage_api_keys', 'organization.view'])
    const forAnother = await using(secret).post(keys, {
      name: 'X',
      scopes: ['organization.view'],
      made_by: 'usr_sue',
    })
    const more = await using(secret).post(keys, { name: 'X', scopes: ['organization.view', 'member.edit'] })
    const everything = await using(secret).post(keys, { name: 'X', scopes: ['*'] })

    expect([forAnother.status, more.status]).toEqual([400, 403])
    expect([403, 422]).toContain(everything.status)
  })

  test('gets the secret of no key that holds more than itself', async () => {
    const greater = await make('ada', ['member.edit'])
    const { secret } = await make('ada', ['account.manage_api_keys', 'organization.view'])
    const reply = await using(secret).post(`${keys}/${greater.id}/rotate`)

    expect(reply.json()).toMatchObject({ code: 'key_beyond_own_access' })
    expect((await using(greater.secret).get('/api/v1/blueprint')).status).toBe(200)
  })

  test('nor does a person who may manage keys', async () => {
    const greater = await make('ada', ['member.edit'])

    expect((await server.as('nora').post(`${keys}/${greater.id}/rotate`)).status).toBe(403)
    expect((await server.as('nora').post(keys, { name: 'X', scopes: ['member.edit'] })).status).toBe(403)
  })
})

describe('a secret', () => {
  test('is in no answer after the one that made it, and in no row', async () => {
    const { secret, id } = await make('ada', ['organization.view'])
    const turned = (await server.as('ada').post(`${keys}/${id}/rotate`)).json().secret as string
    const paths = [
      keys,
      `${account}/events`,
      `${account}/events-export`,
      `${account}/events-export?format=csv`,
    ]
    const seen = await Promise.all(paths.map(async (path) => (await server.as('ada').get(path)).text))
    const tables = await server.database.asOwner<{ text: string }>(
      `select (table_to_xml(c.oid::regclass, true, false, ''))::text as text from pg_class c
         join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' where c.relkind = 'r'`,
    )
    const everything = [...seen, ...tables.map(({ text }) => text)].join('\n')

    expect(everything).toContain(id)
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(turned)
  })

  test.each(['key', 'api_key', 'access_token', 'token'])(
    'is refused in an address, also where the header is right: %s',
    async (name) => {
      const { secret } = await make('ada', ['organization.view'])
      const alone = await server.anonymous.get(`${account}/organizations?${name}=${secret}`)
      const both = await using(secret).get(`${account}/organizations?${name}=${secret}`)

      expect([alone.status, both.status]).toEqual([400, 400])
      expect(alone.json()).toMatchObject({ code: 'key_in_query' })
    },
  )
})

describe('a key whose maker', () => {
  const look = (secret: string) => using(secret).get(`${account}/organizations`)
  const newcomer = async (external_id: string) => {
    const email = `${external_id}@acme.example`
    const added = await server
      .as('ada')
      .post(`${account}/members`, { email, external_id, default_role: { role: 'key-manager' } })
    expect(added.status, `${added.text}`).toBe(201)
    return make(added.json<{ id: string }>().id.slice('usr_'.length), ['organization.view'])
  }

  test.each<[string, (id: string) => Promise<TestReply>, number, number]>([
    [
      'was demoted',
      async (user) => {
        const member = await server.as('ada').get(`${account}/members/${user}`)
        const headers = { 'if-match': member.headers.etag ?? '' }
        return server
          .as('ada')
          .patch(`${account}/members/${user}`, { default_role: { role: 'billing' } }, { headers })
      },
      403,
      200, // what others may do is no matter of its scopes
    ],
    [
      'was suspended',
      (user) => server.as('ada').put(`${account}/members/${user}/status`, { status: 'suspended' }),
      404,
      403,
    ],
    ['was removed', (user) => server.as('ada').delete(`${account}/members/${user}`), 401, 401],
  ])('%s opens nothing more, in management and in decisions', async (what, end, status, deciding) => {
    const user = what.replaceAll(' ', '-')
    const { secret } = await newcomer(user)
    const before = await look(secret)
    const ended = await end(user)
    const after = await look(secret)
    const asked = await using(secret).post('/access/v1/evaluation', {
      subject: { type: 'user', id: worldIds.user('viv') },
      action: { name: 'view' },
      resource: { type: 'asset', id: '7', properties: { account: 'acme' } },
    })

    expect([before.status, ended.status, after.status]).toEqual([200, 200, status])
    expect(asked.status).toBe(deciding)
  })
})

test('a decision key of the deployment opens no management at all', async () => {
  const { client } = await server.withKey({ scopes: ['access.evaluate'] })
  const replies = [
    await client.get('/api/v1/accounts'),
    await client.get(`${account}/organizations`),
    await client.post(`${account}/organizations`, { key: 'mine' }),
    await client.with({ 'keyholder-act-as': 'usr_ada' }).get(`${account}/organizations`),
  ]

  expect(replies.map(({ status }) => status)).toEqual([403, 404, 404, 403])
})
