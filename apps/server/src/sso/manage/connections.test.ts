import { afterAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestClient } from '@keyholder/testkit/server'
import { connect, signInBySso } from '../flow/sso-story.fixture.ts'
import { startProvider } from '../oidc/scripted-provider.fixture.ts'

const server = await startTestServer()
const provider = await startProvider()
afterAll(() => provider.close())

const account = '/api/v1/accounts/acme'
const path = `${account}/sso-connections`
const ada = server.as('ada')
const oidc = { kind: 'oidc', issuer: provider.issuer, client_id: 'keyholder', client_secret: 's3cret' }

// Fay may manage single sign-on, and holds little else.
await ada.post(`${account}/roles`, {
  key: 'federator',
  permissions: ['account.view', 'account.manage_sso', 'organization.view', 'group.view'],
})
await ada.post(`${account}/grants`, { user: 'nora', role: 'federator' })
const fay = server.as('nora')
await ada.post(`${account}/groups`, { key: 'ops', kind: 'sso' })
await ada.post(`${account}/groups`, { key: 'guests', kind: 'sso' })
await ada.post(`${account}/grants`, { group: 'ops', role: 'superuser' })

async function create(body: object = {}, client: TestClient = ada) {
  return client.post(path, { name: 'Our provider', provider: oidc, ...body })
}

async function edit(client: TestClient, address: string, method: 'patch' | 'delete' | 'put', body?: unknown) {
  const read = await ada.get(address)
  const headers = { 'if-match': read.headers['etag'] ?? '' }
  return method === 'delete'
    ? client.delete(address, { headers })
    : client[method](address, body, { headers })
}

describe('an identity provider', () => {
  test('is set up switched off, and its secret is never shown again', async () => {
    const reply = await create({ default_role: 'viewer' })
    const { id } = reply.json()

    expect(reply.status).toBe(201)
    expect(reply.json()).toMatchObject({
      status: 'disabled',
      default_role: 'viewer',
      provider: {
        issuer: provider.issuer,
        has_client_secret: true,
        redirect_uri: `http://localhost:4455/sso/${id}/callback`,
      },
    })
    for (const text of [
      reply.text,
      (await ada.get(`${path}/${id}`)).text,
      JSON.stringify(await server.events('acme')),
    ]) {
      expect(text).not.toContain('s3cret')
    }
    const rows = await server.database.asOwner<{ row: string }>(
      'select sso_connections::text as row from sso_connections',
    )
    expect(rows.filter(({ row }) => row.includes('s3cret'))).toEqual([])
    await edit(ada, `${path}/${id}`, 'delete')
  })

  test.each([
    { why: 'its issuer is no address', change: { issuer: 'idp.test' } },
    { why: 'its issuer is a script', change: { issuer: 'javascript:alert(1)' } },
    { why: 'its issuer has a query', change: { issuer: 'https://idp.test/?a=b' } },
    { why: 'its issuer has a password', change: { issuer: 'https://a:b@idp.test' } },
  ])('cannot be used where $why', async ({ change }) => {
    const reply = await create({ provider: { ...oidc, ...change } })

    expect([reply.status, reply.json()['code']]).toEqual([422, 'identity_provider_unusable'])
  })

  test('of SAML is read from its metadata, or refused with what is wrong with them', async () => {
    const reply = await create({ provider: { kind: 'saml', metadata: '<!DOCTYPE x><EntityDescriptor/>' } })

    expect(reply.json()).toMatchObject({
      code: 'identity_provider_unusable',
      detail: expect.stringContaining('DOCTYPE') as string,
    })
  })

  test('is chosen by nobody who holds less than everything', async () => {
    const reply = await create({}, fay)
    const { id } = (await create()).json()
    const denied = [
      reply,
      await edit(fay, `${path}/${id}`, 'patch', { provider: oidc }),
      await edit(fay, `${path}/${id}`, 'patch', { default_role: 'superuser' }),
      await fay.put(`${path}/${id}/status`, { status: 'active' }),
    ]

    for (const each of denied)
      expect([each.status, each.json()['code']]).toEqual([403, 'sso_beyond_own_access'])
    expect((await edit(fay, `${path}/${id}`, 'patch', { name: 'Renamed' })).status).toBe(200)
    await edit(ada, `${path}/${id}`, 'delete')
  })

  test('is managed by nobody without the permission, and seen by nobody else', async () => {
    expect((await server.as('admin').get(path)).json()).toMatchObject({ code: 'not_permitted' })
    expect((await server.as('gus').get(path)).status).toBe(404)
  })

  test('stays who it is, and its secret belongs to one client', async () => {
    const { id } = (await create()).json()
    const address = `${path}/${id}`

    expect(
      (await edit(ada, address, 'patch', { provider: { ...oidc, issuer: 'https://other.test' } })).json(),
    ).toMatchObject({
      code: 'identity_provider_unusable',
    })
    expect(
      (
        await edit(ada, address, 'patch', {
          provider: { kind: 'oidc', issuer: provider.issuer, client_id: 'other' },
        })
      ).json(),
    ).toMatchObject({ code: 'sso_secret_missing' })
    const kept = await edit(ada, address, 'patch', {
      provider: { kind: 'oidc', issuer: provider.issuer, client_id: 'keyholder' },
    })
    expect(kept.json()).toMatchObject({ provider: { has_client_secret: true } })
    const none = await edit(ada, address, 'patch', {
      provider: { kind: 'oidc', issuer: provider.issuer, client_id: 'keyholder', client_secret: null },
    })
    expect(none.json()).toMatchObject({ provider: { has_client_secret: false } })
    await edit(ada, address, 'delete')
  })

  test('gives newcomers no role that is bound to organizations', async () => {
    await ada.post(`${account}/roles`, { key: 'local', permissions: ['asset.view'], organizations: ['rome'] })

    expect((await create({ default_role: 'local' })).json()).toMatchObject({ code: 'sso_default_role_bound' })
    expect((await create({ default_role: 'nobody' })).json()).toMatchObject({
      code: 'reference_unknown',
      pointer: '/default_role',
    })
  })

  test('is one of ten at most', async () => {
    const made = await Promise.all(Array.from({ length: 11 }, () => create()))

    expect(made.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(made.find(({ status }) => status !== 201)?.json()).toMatchObject({ code: 'sso_connection_limit' })
    for (const { id } of (await ada.get(path)).json()['items']) await edit(ada, `${path}/${id}`, 'delete')
  })
})

describe('switched off', () => {
  test('an identity provider takes along the groups that it gave, whoever switches it off', async () => {
    const { id } = (await create({ default_role: 'viewer' })).json()
    await ada.put(`${path}/${id}/status`, { status: 'active' })
    const items = [{ attribute: 'groups', comparison: 'contains_value', value: 'ops', group: 'ops' }]
    await edit(ada, `${path}/${id}/rules`, 'put', { items })
    await server.database.asOwner(
      `insert into sso_domains (account_id, domain, token, proven_at, proven_by) values ('acc_acme', 'ops.example', '', now(), 'dns')`,
    )
    provider.script.token = ({ payload }) => {
      Object.assign(payload, { sub: 'olga', email: 'olga@ops.example', groups: ['ops'] })
    }
    provider.script.userInfo = (body) => {
      body['sub'] = 'olga'
    }
    await signInBySso(server, provider, { connection: id })
    const inGroup = async () => (await ada.get(`${account}/groups/ops`)).json()['users']
    expect(await inGroup()).toBe(1)

    expect((await fay.put(`${path}/${id}/status`, { status: 'disabled' })).status).toBe(200)
    expect(await inGroup()).toBe(0)
    await edit(ada, `${path}/${id}`, 'delete')
    delete provider.script.token
    delete provider.script.userInfo
  })
})

describe('switched on', () => {
  test('an identity provider lets people in, and switched off it ends what it began', async () => {
    const { id } = (await create()).json()
    await server.database.asOwner(
      `insert into sso_domains (account_id, domain, token, proven_at, proven_by) values ('acc_acme', 'acme.example', '', now(), 'dns')`,
    )
    provider.script.token = ({ payload }) => {
      Object.assign(payload, { email: 'nell@acme.example' })
    }
    expect((await server.browser.post('/api/v1/sign-in/sso', { connection: id })).json()).toMatchObject({
      code: 'sso_unavailable',
    })

    expect((await ada.put(`${path}/${id}/status`, { status: 'active' })).json()).toMatchObject({
      status: 'active',
    })
    const { browser } = await signInBySso(server, provider, { connection: id })
    expect((await browser.page().get('/api/v1/session')).status).toBe(200)

    expect((await ada.put(`${path}/${id}/status`, { status: 'disabled' })).json()).toMatchObject({
      status: 'disabled',
    })
    expect((await browser.page().get('/api/v1/session')).status).toBe(401)
    expect((await server.browser.post('/api/v1/sign-in/sso', { connection: id })).json()).toMatchObject({
      code: 'sso_unavailable',
    })

    await ada.put(`${path}/${id}/status`, { status: 'active' })
    const again = (await signInBySso(server, provider, { connection: id })).browser
    await edit(ada, `${path}/${id}`, 'delete')
    expect((await again.page().get('/api/v1/session')).status).toBe(401)
    expect(await server.database.asOwner('select 1 from sso_identities')).toEqual([])
  })

  test('is one at a time, and none that does not answer as it should', async () => {
    const [one, other] = [(await create()).json(), (await create()).json()]
    await ada.put(`${path}/${one.id}/status`, { status: 'active' })

    expect((await ada.put(`${path}/${other.id}/status`, { status: 'active' })).json()).toMatchObject({
      code: 'sso_connection_active',
      connection: one.id,
    })
    await ada.put(`${path}/${one.id}/status`, { status: 'disabled' })
    provider.script.discovery = (document) => ({ ...document, issuer: 'https://evil.test' })
    expect((await ada.put(`${path}/${other.id}/status`, { status: 'active' })).json()).toMatchObject({
      code: 'identity_provider_unusable',
    })
    delete provider.script.discovery
    for (const { id } of [one, other]) await edit(ada, `${path}/${id}`, 'delete')
  })
})

describe('the rules of an identity provider', () => {
  const rule = (group: string, change: object = {}) => ({
    attribute: 'groups',
    comparison: 'contains_value',
    value: 'ops',
    group,
    ...change,
  })

  test('are read as they were written, and take the place of those before', async () => {
    const { id } = (await create()).json()
    const address = `${path}/${id}/rules`
    const items = [rule('guests', { value: 'a,b' }), rule('guests', { comparison: 'exists', value: null })]
    const reply = await edit(ada, address, 'put', { items })

    expect(reply.status).toBe(200)
    expect((await ada.get(address)).json()['items']).toMatchObject([
      { comparison: 'contains_value', value: 'a,b' },
      { comparison: 'exists', value: null },
    ])
    expect((await edit(ada, address, 'put', { items: [] })).json()).toEqual({ items: [] })
    await edit(ada, `${path}/${id}`, 'delete')
  })

  test.each([
    { why: 'names a group that is filled by hand', items: [rule('field')], code: 'sso_group_manual' },
    { why: 'names no group', items: [rule('nobody')], code: 'reference_unknown' },
    { why: 'has a blank at an end', items: [rule('guests', { value: 'ops ' })], code: 'request_invalid' },
    { why: 'compares with nothing', items: [rule('guests', { value: null })], code: 'request_invalid' },
    {
      why: 'has a value that nothing is compared with',
      items: [rule('guests', { comparison: 'exists' })],
      code: 'request_invalid',
    },
  ])('are refused where one $why', async ({ items, code }) => {
    const { id } = (await create()).json()

    expect((await edit(ada, `${path}/${id}/rules`, 'put', { items })).json()).toMatchObject({ code })
    await edit(ada, `${path}/${id}`, 'delete')
  })

  test('fill no group that carries more than whoever writes them holds, nor empty one', async () => {
    const { id } = (await create()).json()
    const address = `${path}/${id}/rules`

    expect((await edit(fay, address, 'put', { items: [rule('ops')] })).json()).toMatchObject({
      code: 'sso_beyond_own_access',
    })
    expect((await edit(fay, address, 'put', { items: [rule('guests')] })).status).toBe(200)
    expect((await edit(ada, address, 'put', { items: [rule('ops')] })).status).toBe(200)
    expect((await edit(fay, address, 'put', { items: [] })).json()).toMatchObject({
      code: 'sso_beyond_own_access',
    })
    expect((await edit(fay, address, 'put', { items: [rule('ops'), rule('guests')] })).status).toBe(200)
    await edit(ada, `${path}/${id}`, 'delete')
  })
})

describe('looking at an identity provider', () => {
  const look = async (body: object) => (await ada.post(`${account}/sso-provider`, body)).json()

  test('tells what it says of itself', async () => {
    expect(await look({ kind: 'oidc', issuer: provider.issuer })).toEqual({
      kind: 'oidc',
      issuer: provider.issuer,
      sign_on_url: `${provider.issuer}/authorize`,
    })
  })

  test.each([
    { kind: 'oidc', issuer: 'https://169.254.169.254' },
    { kind: 'oidc', issuer: 'https://10.0.0.1/idp' },
    { kind: 'saml', metadata_url: 'https://169.254.169.254/latest/meta-data' },
    { kind: 'saml', metadata_url: 'https://[::ffff:10.0.0.1]/metadata' },
    { kind: 'saml', metadata_url: 'file:///etc/passwd' },
    { kind: 'saml', metadata_url: 'http://idp.test/metadata' },
  ])('asks no address inside: %j', async (body) => {
    expect(await look(body)).toMatchObject({ code: 'identity_provider_unusable' })
  })

  test('tells nothing of what stands at an address that is no provider', async () => {
    const reply = await look({ kind: 'saml', metadata_url: `${provider.issuer}/jwks` })

    expect(reply).toMatchObject({ code: 'identity_provider_unusable' })
    expect(JSON.stringify(reply)).not.toContain('kty')
  })
})

test('a session that another connection began is left alone', async () => {
  const id = await connect(server, provider, { id: 'sso_direct', domains: [] })
  provider.script.token = ({ payload }) => {
    Object.assign(payload, { sub: 'nora', email: 'norma@acme.example' })
  }
  provider.script.userInfo = (body) => {
    body['sub'] = 'nora'
  }
  const { browser } = await signInBySso(server, provider, { connection: id })
  const { id: other } = (await create()).json()
  await edit(ada, `${path}/${other}`, 'delete')

  expect((await browser.page().get('/api/v1/session')).status).toBe(200)
})
