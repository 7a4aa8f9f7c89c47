import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/roles'

/** Sends an edit with the version that was just read. */
async function edit(who: string, role: string, body: object) {
  const read = await server.as('ada').get(`${path}/${role}`)
  return server.as(who).patch(`${path}/${role}`, body, { headers: { 'if-match': read.headers.etag ?? '' } })
}

async function remove(who: string, role: string, query: Record<string, string> = {}) {
  const read = await server.as('ada').get(`${path}/${role}`)
  return server.as(who).delete(`${path}/${role}`, { query, headers: { 'if-match': read.headers.etag ?? '' } })
}

describe('the roles of an account', () => {
  test('are those of the blueprint and its own, in one list', async () => {
    const all = await server.as('ada').get(path, { query: { limit: '100' } })
    const own = await server.as('ada').get(path, { query: { built_in: 'false' } })

    expect(all.json().items).toContainEqual(expect.objectContaining({ id: 'viewer', built_in: true }))
    expect(own.json()).toMatchObject({ items: [{ key: 'keeper', built_in: false, grants: 1 }], total: 1 })
  })

  test('are compared as sets', async () => {
    const reply = await server.as('ada').get(`${path}/viewer/comparison`, { query: { with: 'annotator' } })

    expect(reply.json()).toMatchObject({
      relation: 'first_within_second',
      only_first: [],
      only_second: ['asset.tag'],
    })
  })
})

describe('making a custom role', () => {
  test('gives it exactly the permissions that were named', async () => {
    const reply = await server
      .as('ada')
      .post(path, { key: 'tagger', permissions: ['asset.view', 'asset.tag'] })

    expect(reply.status).toBe(201)
    expect(reply.json()).toMatchObject({
      key: 'tagger',
      name: 'tagger',
      permissions: ['asset.view', 'asset.tag'],
    })
    expect((await server.events('acme')).at(-1)).toMatchObject({ action: 'role.create', outcome: 'done' })
  })

  test.each([
    {
      why: 'a permission does not exist',
      body: { key: 'x', permissions: ['asset.paint'] },
      code: 'permission_unknown',
    },
    {
      why: 'it imitates a built-in role',
      body: { key: 'v1ewer', permissions: [] },
      code: 'role_name_reserved',
    },
    {
      why: 'its name is that of a built-in role in Greek letters',
      body: { key: 'boss', name: 'Suρeruser', permissions: [] },
      code: 'role_name_reserved',
    },
    {
      why: 'another role has the name',
      body: { key: 'other', name: 'KEEPER', permissions: [] },
      code: 'role_name_taken',
    },
    {
      why: 'it is bound to an organization of another account',
      body: { key: 'y', permissions: [], organizations: ['org_globex_lima'] },
      code: 'reference_unknown',
    },
    {
      why: 'it is bound and would carry the account',
      body: { key: 'z', permissions: ['account.view'], organizations: ['rome'] },
      code: 'role_bound_account_level',
    },
  ])('is refused where $why', async ({ body, code }) => {
    const before = await server.revision('acme')
    const reply = await server.as('ada').post(path, body)

    expect(reply.json()).toMatchObject({ code })
    expect(await server.revision('acme')).toBe(before)
  })

  test('is refused to an administrator who would put more into it than they hold', async () => {
    const reply = await server
      .as('admin')
      .post(path, { key: 'owner-like', permissions: ['account.manage_sso'] })

    expect(reply.status).toBe(403)
    expect(reply.json()).toMatchObject({
      code: 'beyond_own_access',
      beyond: [{ permissions: ['account.manage_sso'] }],
    })
  })

  test('from another one copies permissions and bounds', async () => {
    await server.as('ada').post(path, { key: 'roman', permissions: ['asset.view'], organizations: ['rome'] })
    const reply = await server.as('ada').post(`${path}/roman/clone`, { key: 'roman-two' })

    expect(reply.json()).toMatchObject({
      key: 'roman-two',
      permissions: ['asset.view'],
      organizations: ['org_acme_rome'],
    })
  })
})

describe('changing a custom role', () => {
  test('changes at once what its holders may do', async () => {
    const before = await server.as('kim').post('/api/v1/accounts/acme/organizations', { key: 'graz' })
    const reply = await edit('ada', 'keeper', { permissions: ['organization.view', 'member.view'] })
    const after = await server.as('kim').post('/api/v1/accounts/acme/organizations', { key: 'linz' })

    expect([before.status, reply.status, after.status]).toEqual([201, 200, 403])
  })

  test('is refused to somebody who does not hold what it would carry', async () => {
    const reply = await edit('admin', 'keeper', { permissions: ['account.manage_api_keys'] })

    expect(reply.json()).toMatchObject({ code: 'beyond_own_access' })
  })

  test('is refused for a built-in role', async () => {
    const reply = await edit('ada', 'viewer', { name: 'Looker' })

    expect(reply.json()).toMatchObject({ code: 'role_built_in' })
  })
})

describe('deleting a custom role', () => {
  test('is refused with its holders, and done with a replacement', async () => {
    const refused = await remove('ada', 'keeper')
    const done = await remove('ada', 'keeper', { replacement: 'viewer' })

    expect(refused.json()).toMatchObject({
      code: 'role_held',
      grants: [{ subject_type: 'user', subject: 'usr_kim' }],
    })
    expect(done.status).toBe(204)
    expect((await server.as('ada').get(`${path}/keeper`)).status).toBe(404)
    expect((await server.as('kim').get('/api/v1/accounts/acme/organizations')).json().total).toBeGreaterThan(
      0,
    )
  })

  test('is not held up by a connection that is over, which goes on saying what its maximum was', async () => {
    const { id } = (await server.as('ada').post(path, { key: 'former', permissions: ['asset.view'] })).json()
    await server.database.asOwner(
      `insert into connections (account_id, id, guest_account_id, maximum_role_id, status)
       values ('acc_acme', 'con_over', 'acc_globex', $1, 'ended')`,
      [id],
    )

    expect((await remove('ada', 'former')).status).toBe(204)
    expect(
      await server.database.asOwner(
        'select coalesce(maximum_role_id, maximum_builtin) as maximum from connections where id = $1',
        ['con_over'],
      ),
    ).toEqual([{ maximum: id }])
  })
})
