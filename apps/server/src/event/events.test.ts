import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/events'
const organizations = '/api/v1/accounts/acme/organizations'

await server.as('ada').post(organizations, { key: 'bern', name: '=1+1' })
await server.as('viv').post(organizations, { key: 'never' })
await server.as('ada').post('/api/v1/accounts/acme/roles', { key: 'looker', permissions: ['asset.view'] })

describe('the activity log', () => {
  test('shows the newest first, refused attempts included', async () => {
    const reply = await server.as('ada').get(path)

    expect(reply.json().items.slice(0, 3)).toMatchObject([
      { action: 'role.create', outcome: 'done', actor: { kind: 'person', user: 'usr_ada' } },
      { action: 'organization.create', outcome: 'refused', reason: 'not_permitted' },
      { action: 'organization.create', outcome: 'done', after: { key: 'bern' } },
    ])
  })

  test.each([
    { query: { action: 'role.create' }, total: 1 },
    { query: { action: 'role.create,organization.create' }, total: 3 },
    { query: { outcome: 'refused' }, total: 1 },
    { query: { actor: 'usr_viv' }, total: 1 },
    { query: { target_type: 'role' }, total: 1 },
    { query: { organization: 'bern' }, total: 1 },
    { query: { until: '2020-01-01T00:00:00Z' }, total: 0 },
    { query: { from: '2020-01-01T00:00:00Z', action: 'role.create' }, total: 1 },
    { query: { with_account: 'acc_globex' }, total: 0 },
  ] as const)('counts $total for $query', async ({ query, total }) => {
    const reply = await server.as('ada').get(path, { query: { sort: 'at', ...query } })

    expect(reply.json().total).toBe(total)
  })

  test('shows somebody with one organization only the events there', async () => {
    await server.as('ada').patch(
      `${organizations}/rome`,
      { name: 'Roma' },
      {
        headers: { 'if-match': (await server.as('ada').get(`${organizations}/rome`)).headers.etag ?? '' },
      },
    )
    const reply = await server.as('rita').get(path)
    const [hidden] = (await server.as('ada').get(path, { query: { action: 'role.create' } })).json().items

    expect(reply.json()).toMatchObject({
      total: 1,
      items: [{ action: 'organization.update', organization: 'org_acme_rome' }],
    })
    expect((await server.as('rita').get(`${path}/${hidden.id}`)).status).toBe(404)
    expect((await server.as('rita').get(path, { query: { organization: 'bern' } })).status).toBe(422)
  })

  test('is exported whole, as the table holds it, without a formula in it', async () => {
    const total = (await server.as('ada').get(path)).json().total
    const json = await server.as('ada').get(`${path}-export`)
    const csv = await server.as('ada').get(`${path}-export`, { query: { format: 'csv' } })

    expect(json.json()).toHaveLength(total)
    expect(csv.text.split('\r\n')).toHaveLength(total + 2)
    expect(csv.text).not.toMatch(/(^|,)=1\+1/)
    expect((await server.as('viv').get(`${path}-export`)).status).toBe(403)
  })

  test('is intact until somebody edits the table behind its back', async () => {
    const before = await server.as('ada').post(`${path}/verify`)
    await server.database.asOwner(
      "update events set content = replace(content, 'bern', 'bonn') where account_id = 'acc_acme' and action = 'organization.create' and outcome = 'done'",
      [],
    )
    const after = await server.as('ada').post(`${path}/verify`)

    expect(before.json()).toMatchObject({ intact: true, broken_at: null })
    expect(after.json()).toMatchObject({ intact: false, reason: 'event_altered', link: null })
  })

  test('is nobody else’s to read', async () => {
    expect((await server.as('gus').get(path)).status).toBe(404)
    expect((await server.as('nora').get(path)).status).toBe(403)
  })
})
