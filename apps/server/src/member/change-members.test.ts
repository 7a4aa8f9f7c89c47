import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const path = `${account}/members`

async function edit(who: string, user: string, default_role: object | null, query = {}) {
  const read = await server.as('ada').get(`${path}/${user}`)
  const headers = { 'if-match': read.headers.etag ?? '' }
  return server.as(who).patch(`${path}/${user}`, { default_role }, { headers, query })
}

const organizations = (user: string) => server.as(user).get(`${account}/organizations`)

describe('changing somebody’s default role', () => {
  test('counts at their next question, and gives them a new version', async () => {
    const before = await organizations('nora')
    const read = await server.as('ada').get(`${path}/usr_nora`)
    const reply = await edit('admin', 'usr_nora', { role: 'viewer', ends_at: '2999-01-01T00:00:00Z' })
    const after = await organizations('nora')

    expect([before.status, reply.status, after.status]).toEqual([403, 200, 200])
    expect(reply.json()).toMatchObject({
      roles: [{ role: 'viewer', starts_at: null, ends_at: '2999-01-01T00:00:00.000Z' }],
    })
    expect(reply.headers.etag).not.toBe(read.headers.etag)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.update',
      target: { type: 'member', id: 'usr_nora' },
      before: { default_role: [] },
      after: { default_role: [{ role: 'viewer' }] },
    })

    const taken = await edit('admin', 'usr_nora', null)
    expect(taken.json()).toMatchObject({ roles: [] })
    expect((await organizations('nora')).status).toBe(403)
  })

  test('needs the version that was read', async () => {
    const blind = await server.as('ada').patch(`${path}/usr_nora`, { default_role: null })
    const late = await server
      .as('ada')
      .patch(`${path}/usr_nora`, { default_role: null }, { headers: { 'if-match': '"1"' } })

    expect([blind.status, late.status]).toEqual([428, 412])
  })

  test.each([
    { why: 'somebody with more than the author', user: 'usr_ada', code: 'beyond_own_access' },
    { why: 'somebody of another account', user: 'usr_gus', code: 'not_found' },
  ])('is refused for $why', async ({ user, code }) => {
    const before = await server.revision('acme')
    const reply = await server
      .as('admin')
      .patch(`${path}/${user}`, { default_role: null }, { headers: { 'if-match': '"1"' } })

    expect(reply.json()).toMatchObject({ code })
    expect(await server.revision('acme')).toBe(before)
  })

  test('is refused with more than the author has, also for themself', async () => {
    expect((await edit('admin', 'usr_kim', { role: 'superuser' })).json()).toMatchObject({
      code: 'beyond_own_access',
    })
    expect((await edit('admin', 'usr_admin', { role: 'superuser' })).json()).toMatchObject({
      code: 'beyond_own_access',
    })
    expect((await edit('rita', 'usr_rita', { role: 'administrator' })).json()).toMatchObject({
      code: 'not_permitted',
    })
  })
})

describe('suspending somebody', () => {
  test('takes everything at their next question, and letting them in gives it back', async () => {
    const suspended = await server.as('admin').put(`${path}/usr_kim/status`, { status: 'suspended' })
    const during = await organizations('kim')
    const again = await server.as('admin').put(`${path}/usr_kim/status`, { status: 'suspended' })
    const active = await server.as('admin').put(`${path}/usr_kim/status`, { status: 'active' })

    expect(suspended.json()).toMatchObject({ id: 'usr_kim', status: 'suspended', roles: [{}] })
    expect(during.status).toBe(404)
    expect(again.json()).toMatchObject({ code: 'member_state', status: 409, member_status: 'suspended' })
    expect(active.json()).toMatchObject({ status: 'active' })
    expect((await organizations('kim')).status).toBe(200)
    const done = (await server.events('acme')).filter(({ outcome }) => outcome === 'done')
    expect(done.slice(-2)).toMatchObject([
      { action: 'member.suspend', after: { status: 'suspended' } },
      { action: 'member.reactivate', after: { status: 'active' } },
    ])
  })

  test('is refused for somebody who holds more, and that is written down', async () => {
    const reply = await server.as('admin').put(`${path}/usr_ada/status`, { status: 'suspended' })

    expect(reply.json()).toMatchObject({ code: 'member_protected', member: 'usr_ada' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.set_status',
      outcome: 'refused',
      reason: 'member_protected',
    })
  })

  test('never takes the last superuser', async () => {
    await server.as('ada').put(`${path}/usr_sue/status`, { status: 'suspended' })
    const reply = await server.as('ada').put(`${path}/usr_ada/status`, { status: 'suspended' })
    await server.as('ada').put(`${path}/usr_sue/status`, { status: 'active' })

    expect(reply.json()).toMatchObject({ code: 'last_superuser' })
  })
})

describe('promoting somebody', () => {
  test('makes a superuser of a user', async () => {
    const reply = await server.as('ada').post(`${path}/usr_kim/promotion`)
    const again = await server.as('ada').post(`${path}/usr_kim/promotion`)

    expect(reply.json()).toMatchObject({ roles: [{ role: 'superuser', ends_at: null }] })
    expect(again.json()).toMatchObject({ code: 'member_superuser' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.promote',
      after: { default_role: [{ role: 'superuser' }] },
    })
  })

  test.each([
    { who: 'admin', user: 'usr_viv', code: 'beyond_own_access' },
    { who: 'ada', user: 'usr_mallory', code: 'member_external' },
    { who: 'ada', user: 'usr_sven', code: 'member_suspended' },
  ])('by $who is refused for $user', async ({ who, user, code }) => {
    expect((await server.as(who).post(`${path}/${user}/promotion`)).json()).toMatchObject({ code })
  })
})

describe('making a full user of somebody kept to one organization', () => {
  const add = (email: string) =>
    server.as('ada').post(path, {
      email,
      single_organization: { organization: 'rome', permissions: ['asset.view'] },
    })

  test('is one step: their role goes, the new one comes', async () => {
    const pia = (await add('pia@acme.test')).json().id as string
    const reply = await server.as('ada').post(`${path}/${pia}/conversion`, { role: 'user' })
    const own = await server.as('ada').get(`${account}/roles`, { query: { q: 'only-rome' } })

    expect(reply.json()).toMatchObject({ roles: [{ role: 'user' }] })
    expect(own.json().total).toBe(0)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.convert',
      before: { grants: [{ organization: 'org_acme_rome' }] },
      after: { default_role: 'user' },
    })
  })

  test('leaves a role that somebody else has too', async () => {
    const one = (await add('one@acme.test')).json().id as string
    const [role] = (await server.as('ada').get(`${account}/roles`, { query: { q: 'only-rome' } })).json()
      .items
    await server.as('ada').post(path, {
      email: 'two@acme.test',
      grants: [{ role: role.id, organization: 'rome' }],
    })
    await server.as('ada').post(`${path}/${one}/conversion`, { role: 'viewer' })

    expect((await server.as('ada').get(`${account}/roles/${role.id}`)).json()).toMatchObject({ grants: 1 })
  })

  test.each([
    { why: 'they are not kept to any', user: 'usr_viv', role: 'user', code: 'member_not_bound' },
    { why: 'the role does not exist', user: 'usr_viv', role: 'emperor', code: 'reference_unknown' },
  ])('is refused where $why', async ({ user, role, code }) => {
    expect((await server.as('ada').post(`${path}/${user}/conversion`, { role })).json()).toMatchObject({
      code,
    })
  })

  test('is refused with a role beyond the author', async () => {
    const eve = (await add('eve@acme.test')).json().id as string
    const reply = await server.as('admin').post(`${path}/${eve}/conversion`, { role: 'superuser' })

    expect(reply.json()).toMatchObject({ code: 'beyond_own_access' })
  })
})
