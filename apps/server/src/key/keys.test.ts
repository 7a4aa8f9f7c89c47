import { describe, expect, test } from 'vitest'
import { startTestServer, testClient } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/api-keys'
const organizations = '/api/v1/accounts/acme/organizations'

const using = (secret: string) => testClient(server.app, { authorization: `Bearer ${secret}` })

describe('an API key', () => {
  test('shows its secret once, and opens what its scopes name', async () => {
    const made = await server.as('ada').post(path, { name: 'Sync', scopes: ['organization.*'] })
    const { id, secret } = made.json()
    const listed = await server.as('ada').get(path)

    expect(made.status).toBe(201)
    expect(made.json()).toMatchObject({ name: 'Sync', made_by: 'usr_ada', ends_at: null })
    expect(listed.json().items).toContainEqual(expect.objectContaining({ id, hint: secret.slice(-4) }))
    expect(listed.text).not.toContain(secret)
    expect((await using(secret).post(organizations, { key: 'bern' })).status).toBe(201)
    expect((await using(secret).get('/api/v1/accounts/acme/roles')).status).toBe(403)
    expect((await using(secret).get('/api/v1/accounts/globex/organizations')).status).toBe(404)
  })

  test('shows when it was last used', async () => {
    const made = await server.as('ada').post(path, { name: 'Busy', scopes: ['organization.view'] })
    await using(made.json().secret).get(organizations)

    await expect
      .poll(async () => {
        const { items } = (await server.as('ada').get(path, { query: { limit: '100' } })).json()
        return items.find(({ id }: { id: string }) => id === made.json().id)?.last_used_at
      })
      .toEqual(expect.any(String))
  })

  test('never leaves its secret in the log', async () => {
    const made = await server.as('ada').post(path, { name: 'Quiet', scopes: ['asset.view'] })

    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'api_key.create',
      after: { name: 'Quiet', scopes: ['asset.view'] },
    })
    expect(JSON.stringify(await server.events('acme'))).not.toContain(made.json().secret)
  })

  test('can do no more than its maker can at that moment', async () => {
    const { client } = await server.withKey({
      account: worldIds.account('acme'),
      scopes: ['organization.view', 'organization.create'],
      madeBy: worldIds.user('kim'),
    })
    const role = '/api/v1/accounts/acme/roles/keeper'
    const before = await client.post(organizations, { key: 'graz' })
    const read = await server.as('ada').get(role)
    const headers = { 'if-match': read.headers.etag ?? '' }
    await server.as('ada').patch(role, { permissions: ['organization.view'] }, { headers })
    const after = await client.post(organizations, { key: 'linz' })

    expect([before.status, after.status]).toEqual([201, 403])
  })

  test('is given no scope that its maker does not hold, by a person or by another key', async () => {
    const made = await server
      .as('ada')
      .post(path, { name: 'Keys only', scopes: ['account.manage_api_keys', 'asset.view'] })
    const more = await using(made.json().secret).post(path, { name: 'More', scopes: ['organization.delete'] })
    const same = await using(made.json().secret).post(path, { name: 'Same', scopes: ['asset.view'] })

    expect(more.json()).toMatchObject({
      code: 'key_beyond_own_access',
      beyond: [{ permissions: ['organization.delete'] }],
    })
    expect(same.json()).toMatchObject({ made_by: 'usr_ada' })
  })

  test('makes and renews no key that outlasts it', async () => {
    const soon = new Date(Date.now() + 86_400_000)
    const later = new Date(soon.getTime() + 1)
    const scopes = ['account.manage_api_keys', 'asset.view']
    const account = worldIds.account('acme')
    const { client } = await server.withKey({ account, scopes, endsAt: soon })
    const lasting = await server.withKey({ account, scopes: ['asset.view'] })
    const attempts = [
      await client.post(path, { name: 'For ever', scopes: ['asset.view'] }),
      await client.post(path, { name: 'Longer', scopes: ['asset.view'], ends_at: later.toISOString() }),
      await client.post(`${path}/${lasting.id}/rotate`),
    ]
    const asLong = { name: 'As long', scopes: ['asset.view'], ends_at: soon.toISOString() }

    for (const reply of attempts) expect(reply.json()).toMatchObject({ code: 'key_beyond_own_end' })
    expect((await client.post(path, asLong)).status).toBe(201)
    expect((await lasting.client.get(path)).status).toBe(403)
  })

  test('is refused from its end on, and when it was revoked', async () => {
    const over = await server
      .as('ada')
      .post(path, { name: 'Over', scopes: ['asset.view'], ends_at: '2020-01-01T00:00:00Z' })
    const made = await server.as('ada').post(path, { name: 'Short', scopes: ['organization.view'] })
    const { id, secret } = made.json()
    const before = await using(secret).get(organizations)
    const revoked = await server.as('ada').delete(`${path}/${id}`)
    const again = await server.as('ada').delete(`${path}/${id}`)

    expect(over.json()).toMatchObject({ code: 'key_never_valid' })
    expect([before.status, revoked.status, again.status]).toEqual([200, 204, 404])
    expect((await using(secret).get(organizations)).json()).toMatchObject({ code: 'key_invalid' })
  })

  test('has only its new secret once it was rotated', async () => {
    const made = await server.as('ada').post(path, { name: 'Turned', scopes: ['organization.view'] })
    const turned = await server.as('ada').post(`${path}/${made.json().id}/rotate`)

    expect(turned.status).toBe(200)
    expect((await using(made.json().secret).get(organizations)).status).toBe(401)
    expect((await using(turned.json().secret).get(organizations)).status).toBe(200)
  })

  test('cannot be made, rotated or revoked by somebody who may not manage keys', async () => {
    const made = await server.as('ada').post(path, { name: 'Fixed', scopes: ['asset.view'] })
    const { id } = made.json()
    const attempts = [
      await server.as('admin').get(path),
      await server.as('admin').post(path, { name: 'Mine', scopes: ['asset.view'] }),
      await server.as('admin').post(`${path}/${id}/rotate`),
      await server.as('admin').delete(`${path}/${id}`),
    ]

    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })
})
