import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const rome = '/api/v1/accounts/acme/organizations/rome/sites'
const oslo = '/api/v1/accounts/acme/organizations/oslo/sites'

const made = await server.as('rita').post(rome, { key: 'cellar', name: 'Wine cellar' })
const path = `${rome}/${made.json().id}`

describe('the sites of an organization', () => {
  test('are created by whoever may do so there, with an event', async () => {
    expect(made.status).toBe(201)
    expect(made.json()).toMatchObject({ key: 'cellar', organization: 'org_acme_rome' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'site.create',
      organization: 'org_acme_rome',
    })
  })

  test('have keys of their own', async () => {
    const again = await server.as('rita').post(rome, { key: 'cellar' })
    const elsewhere = await server.as('ada').post(oslo, { key: 'cellar' })

    expect(again.json()).toMatchObject({ code: 'site_key_taken' })
    expect(elsewhere.status).toBe(201)
  })

  test('are found, and hidden from other organizations and accounts', async () => {
    const found = await server.as('viv').get(rome, { query: { q: 'WINE' } })

    expect(found.json()).toMatchObject({ total: 1, items: [{ key: 'cellar' }] })
    expect((await server.as('ada').get(`${oslo}/${made.json().id}`)).status).toBe(404)
    expect(
      (await server.as('gus').get(`/api/v1/accounts/globex/organizations/rome/sites/${made.json().id}`))
        .status,
    ).toBe(404)
    expect((await server.as('rita').get(oslo)).status).toBe(404)
  })

  test('are changed on the version that was read, and deleted', async () => {
    const headers = { 'if-match': (await server.as('rita').get(path)).headers.etag ?? '' }
    const changed = await server.as('rita').patch(path, { name: 'Cellar' }, { headers })
    const late = await server.as('rita').delete(path, { headers })
    const viewer = await server
      .as('kim')
      .delete(path, { headers: { 'if-match': changed.headers.etag ?? '' } })
    const done = await server.as('rita').delete(path, { headers: { 'if-match': changed.headers.etag ?? '' } })

    expect([changed.status, late.status, viewer.status, done.status]).toEqual([200, 412, 403, 204])
  })
})
