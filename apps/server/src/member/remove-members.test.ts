import { describe, expect, test } from 'vitest'
import type { AccountId, UserId } from '@keyholder/core'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const path = `${account}/members`

describe('removing somebody', () => {
  test('ends everything at once, and says what that was', async () => {
    const key = await server.withKey({
      account: 'acc_acme' as AccountId,
      scopes: ['organization.view'],
      madeBy: 'usr_viv' as UserId,
    })
    expect((await key.client.get(`${account}/organizations`)).status).toBe(200)
    const reply = await server.as('admin').delete(`${path}/usr_viv`)

    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({
      user: 'usr_viv',
      grants: [{ role: 'viewer', organization: null }],
      groups: [expect.stringMatching(/^grp_/) as string],
      api_keys: [key.id],
      login: 'ended',
    })
    expect((await key.client.get(`${account}/organizations`)).status).toBe(401)
    expect((await server.as('viv').get(`${account}/organizations`)).status).toBe(422)
    expect((await server.as('ada').get(`${path}/usr_viv`)).status).toBe(404)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.remove',
      target: { type: 'member', id: 'usr_viv' },
      before: { kind: 'home', api_keys: [key.id] },
    })
  })

  test('leaves the login of somebody whom another account still has, who can be added again', async () => {
    await server.as('ada').post('/api/v1/accounts/globex/members', { email: 'nope@globex.test' })
    const mallory = (await server.as('mallory').get('/api/v1/accounts/globex/members/usr_mallory')).json()
    await server.as('mallory').post('/api/v1/accounts/globex/members/usr_gus/promotion')
    const reply = await server.as('gus').delete('/api/v1/accounts/globex/members/usr_mallory')

    expect(reply.json()).toMatchObject({ login: 'kept' })
    expect((await server.as('mallory').get(`${account}/organizations`)).status).toBe(404)
    const again = await server
      .as('gus')
      .post('/api/v1/accounts/globex/members', { email: mallory.email, default_role: { role: 'viewer' } })
    expect(again.json()).toMatchObject({ id: 'usr_mallory', name: 'Mallory', roles: [{ role: 'viewer' }] })
  })

  test('is refused for somebody who holds more', async () => {
    const reply = await server.as('admin').delete(`${path}/usr_ada`)

    expect(reply.json()).toMatchObject({ code: 'member_protected', member: 'usr_ada' })
    expect((await server.as('ada').get(`${path}/usr_ada`)).status).toBe(200)
  })

  test('is refused to an administrator of one organization', async () => {
    const reply = await server.as('rita').delete(`${path}/usr_nora`)

    expect(reply.json()).toMatchObject({ code: 'not_permitted', permission: 'member.remove' })
  })

  test.each(['usr_gus', 'usr_nobody', 'gus'])('finds nobody who is not here: %s', async (user) => {
    expect((await server.as('ada').delete(`${path}/${user}`)).status).toBe(404)
  })

  test('never leaves an account without a superuser, even when two remove each other', async () => {
    const [one, two] = await Promise.all([
      server.as('ada').delete(`${path}/usr_sue`),
      server.as('sue').delete(`${path}/usr_ada`),
    ])

    expect([one.status, two.status].filter((status) => status === 200)).toHaveLength(1)
    const [row] = await server.database.asOwner<{ count: string }>(
      `select count(*) from grants where account_id = 'acc_acme' and role = 'superuser' and organization_id is null`,
    )
    expect(Number(row?.count)).toBe(1)
  })
})

describe('leaving', () => {
  test('is for external users, and needs no permission', async () => {
    const before = await server.as('mallory').get(`${account}/organizations`)
    const reply = await server.as('mallory').post(`${account}/leave`)
    const after = await server.as('mallory').get(`${account}/organizations`)

    expect([before.status, reply.status, after.status]).toEqual([200, 200, 404])
    expect(reply.json()).toMatchObject({ user: 'usr_mallory', login: 'kept' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.leave',
      actor: { user: 'usr_mallory' },
      target: { id: 'usr_mallory' },
    })
  })

  test('is not possible at home', async () => {
    expect((await server.as('nora').post(`${account}/leave`)).json()).toMatchObject({
      code: 'member_at_home',
    })
  })

  test('is nothing for a key or for somebody who comes through a connection', async () => {
    expect((await server.operator.post(`${account}/leave`)).json()).toMatchObject({ code: 'not_a_member' })
    expect((await server.as('otto').post(`${account}/leave`)).json()).toMatchObject({ code: 'not_a_member' })
  })
})
