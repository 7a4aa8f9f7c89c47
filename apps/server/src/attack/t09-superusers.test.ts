import { beforeAll, describe, expect, test } from 'vitest'
import { startTestNode, startTestServer, type TestNode } from '@keyholder/testkit/server'

/*
 * T09: superusers are nobody's to touch who is none, and there is always one.
 */

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const admin = server.as('admin')

const superusers = () =>
  server.database.asOwner(
    `select user_id from grants join memberships using (account_id, user_id)
      where account_id = 'acc_acme' and role = 'superuser' and organization_id is null and status = 'active'`,
  )

describe('an administrator cannot', () => {
  test.each<[string, () => ReturnType<typeof admin.post>]>([
    [
      'demote a superuser',
      async () =>
        admin.patch(
          `${account}/members/ada`,
          { default_role: { role: 'viewer' } },
          {
            headers: { 'if-match': (await admin.get(`${account}/members/ada`)).headers.etag ?? '' },
          },
        ),
    ],
    ['suspend one', () => admin.put(`${account}/members/ada/status`, { status: 'suspended' })],
    ['remove one', () => admin.delete(`${account}/members/ada`)],
    [
      'suspend many of whom one is a superuser',
      () => admin.post(`${account}/members-bulk`, { users: ['viv', 'ada'], action: { kind: 'suspend' } }),
    ],
    [
      'take the grant of one away',
      async () => {
        const found = await admin.get(`${account}/grants`, { query: { user: 'ada' } })
        return admin.delete(`${account}/grants/${found.json().items[0].id as string}`)
      },
    ],
    ['make one', () => admin.post(`${account}/members/viv/promotion`)],
    ['make themselves one', () => admin.post(`${account}/grants`, { user: 'admin', role: 'superuser' })],
    [
      'invite one',
      () =>
        admin.post(`${account}/invitations`, {
          kind: 'home',
          email: 'x@acme.example',
          default_role: { role: 'superuser' },
        }),
    ],
  ])('%s', async (_, attempt) => {
    const revision = await server.revision('acme')
    const reply = await attempt()

    expect(reply.status, `${reply.text}`).toBe(403)
    expect(await server.revision('acme')).toBe(revision)
    expect((await server.events('acme')).at(-1)).toMatchObject({ outcome: 'refused' })
  })
})

describe('the last superuser', () => {
  test.each<[string, () => ReturnType<typeof admin.post>]>([
    [
      'cannot leave their role',
      async () => {
        const etag = (await server.operator.get(`${account}/members/ada`)).headers.etag ?? ''
        return server
          .as('ada')
          .patch(`${account}/members/ada`, { default_role: null }, { headers: { 'if-match': etag } })
      },
    ],
    ['cannot be removed by the deployment’s owner', () => server.operator.delete(`${account}/members/ada`)],
    [
      'cannot suspend themselves',
      () => server.as('ada').put(`${account}/members/ada/status`, { status: 'suspended' }),
    ],
    [
      'is not taken by many at once',
      () => server.as('ada').post(`${account}/members-bulk`, { users: ['ada'], action: { kind: 'remove' } }),
    ],
  ])('%s', async (_, attempt) => {
    await server.operator.put(`${account}/members/sue/status`, { status: 'suspended' })
    const reply = await attempt()
    await server.operator.put(`${account}/members/sue/status`, { status: 'active' })

    expect([409, 422], `${reply.text}`).toContain(reply.status)
    expect(await superusers()).toHaveLength(2)
  })
})

describe('two superusers who demote each other on two nodes at the same instant', () => {
  let nodes: readonly [TestNode, TestNode]
  beforeAll(() => {
    nodes = [startTestNode(server), startTestNode(server)]
  })

  test('leave exactly one of them, fifty times', async () => {
    const grantOf = async (user: string) =>
      (await server.operator.get(`${account}/grants`, { query: { user, role: 'superuser' } })).json().items[0]
        .id as string
    for (let round = 0; round < 50; round++) {
      const [adas, sues] = [await grantOf('ada'), await grantOf('sue')]
      const [first, second] = await Promise.all([
        nodes[0].operator.with({ 'keyholder-act-as': 'usr_ada' }).delete(`${account}/grants/${sues}`),
        nodes[1].operator.with({ 'keyholder-act-as': 'usr_sue' }).delete(`${account}/grants/${adas}`),
      ])

      expect([first.status, second.status].filter((status) => status === 204)).toHaveLength(1)
      expect(await superusers()).toHaveLength(1)
      const fallen = first.status === 204 ? 'sue' : 'ada'
      const restored = await server.operator.post(`${account}/grants`, { user: fallen, role: 'superuser' })
      expect(restored.status).toBe(201)
    }
  })
})
