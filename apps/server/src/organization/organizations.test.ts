import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/organizations'

describe('the organizations of an account', () => {
  test('are listed by name, with a count', async () => {
    const reply = await server.as('viv').get(path)

    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({
      items: [{ key: 'oslo', name: 'Oslo office' }, { key: 'rome' }],
      next_cursor: null,
      total: 2,
    })
  })

  test('are listed page by page, in either order', async () => {
    const first = await server.as('ada').get(path, { query: { limit: '1', sort: '-key' } })
    const second = await server
      .as('ada')
      .get(path, { query: { limit: '1', sort: '-key', cursor: first.json().next_cursor } })

    expect(first.json()).toMatchObject({ items: [{ key: 'rome' }], total: 2 })
    expect(second.json()).toMatchObject({ items: [{ key: 'oslo' }], total: 2, next_cursor: null })
  })

  test('are only those that the caller may view', async () => {
    const reply = await server.as('rita').get(path)

    expect(reply.json()).toMatchObject({ items: [{ key: 'rome' }], total: 1 })
  })

  test('are found by part of their name', async () => {
    const reply = await server.as('viv').get(path, { query: { q: 'OSL' } })

    expect(reply.json()).toMatchObject({ items: [{ key: 'oslo' }], total: 1 })
  })
})

describe('creating an organization', () => {
  test('answers with it, its version and the new revision, and writes its event', async () => {
    const before = await server.revision('acme')
    const reply = await server.as('ada').post(path, { key: 'bern', name: 'Bern' })

    expect(reply.status).toBe(201)
    expect(reply.json()).toMatchObject({ key: 'bern', name: 'Bern', assets: 0 })
    expect(reply.headers).toMatchObject({ etag: '"2"', 'keyholder-revision': `acc_acme:${before + 1}` })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'organization.create',
      outcome: 'done',
      actor: { kind: 'person', user: 'usr_ada' },
      organization: reply.json().id,
      after: { key: 'bern', name: 'Bern' },
    })
  })

  test('is refused where the key is taken', async () => {
    const reply = await server.as('ada').post(path, { key: 'rome' })

    expect(reply.status).toBe(409)
    expect(reply.json()).toMatchObject({ code: 'organization_key_taken', status: 409 })
  })

  test('is refused to a viewer, which the log tells', async () => {
    const before = await server.revision('acme')
    const reply = await server.as('viv').post(path, { key: 'vienna' })

    expect(reply.status).toBe(403)
    expect(reply.json()).toMatchObject({ code: 'not_permitted', permission: 'organization.create' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'organization.create',
      outcome: 'refused',
      actor: { kind: 'person', user: 'usr_viv' },
      reason: 'not_permitted',
    })
    expect(await server.revision('acme')).toBe(before)
  })
})

describe('changing an organization', () => {
  test('needs the version that was read', async () => {
    const read = await server.as('ada').get(`${path}/oslo`)
    const etag = read.headers.etag ?? ''
    const blind = await server.as('ada').patch(`${path}/oslo`, { name: 'Oslo' })
    const done = await server
      .as('ada')
      .patch(`${path}/oslo`, { name: 'Oslo' }, { headers: { 'if-match': etag } })
    const late = await server
      .as('ada')
      .patch(`${path}/oslo`, { name: 'Oslo!' }, { headers: { 'if-match': etag } })

    expect([blind.status, done.status, late.status]).toEqual([428, 200, 412])
    expect(done.json()).toMatchObject({ name: 'Oslo' })
    expect(done.headers['keyholder-revision']).toBeUndefined()
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'organization.update',
      before: { name: 'Oslo office' },
      after: { name: 'Oslo' },
    })
  })
})

describe('deleting an organization', () => {
  test('tells beforehand who loses what, and then does it', async () => {
    const read = await server.as('ada').get(`${path}/oslo`)
    const headers = { 'if-match': read.headers.etag ?? '' }
    const preview = await server.as('ada').delete(`${path}/oslo`, { query: { preview: 'true' } })
    expect(preview.json()).toMatchObject({ preview: { gains: [], hash: expect.any(String) as string } })
    expect(preview.json().preview.loses).toContainEqual(
      expect.objectContaining({ user: 'usr_mallory', account: 'acc_acme', organization: 'org_acme_oslo' }),
    )
    expect((await server.as('ada').get(`${path}/oslo`)).status).toBe(200)

    const done = await server
      .as('ada')
      .delete(`${path}/oslo`, { headers: { ...headers, 'keyholder-preview': preview.json().preview.hash } })

    expect(done.status).toBe(204)
    expect((await server.as('ada').get(`${path}/oslo`)).status).toBe(404)
  })
})
