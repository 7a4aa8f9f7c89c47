import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { startTestServer } from '@keyholder/testkit/server'
import { checksums } from '@keyholder/testkit/attack'

/*
 * T08: a group carries the role of an administrator, and Kim, who may manage groups, is none.
 */

const server = await startTestServer()
const acme = worldIds.account('acme')
const { butTheLog } = await checksums(server.database)
const account = '/api/v1/accounts/acme'
const [ada, kim] = [server.as('ada'), server.as('kim')]

await ada.patch(
  `${account}/roles/keeper`,
  {
    permissions: [
      'organization.view',
      'member.view',
      'member.invite',
      ...['view', 'create', 'edit', 'delete'].flatMap((action) => [`group.${action}`, `grant.${action}`]),
      'invitation.create',
      'account.manage_api_keys',
    ],
  },
  { headers: { 'if-match': (await ada.get(`${account}/roles/keeper`)).headers.etag ?? '' } },
)
await ada.post(`${account}/groups`, { key: 'admins', name: 'Administrators' })
await ada.post(`${account}/grants`, { group: 'admins', role: 'administrator' })
await ada.post(`${account}/groups/admins/members`, { users: ['admin'] })
const granted = (await ada.get(`${account}/grants`, { query: { group: 'admins' } })).json().items[0]
  .id as string
const made = await kim.post(`${account}/api-keys`, {
  name: 'Mine',
  scopes: ['group.view', 'group.edit', 'member.view'],
})
const version = async () => ({
  headers: { 'if-match': (await kim.get(`${account}/groups/admins`)).headers.etag ?? '' },
})

describe('somebody who may manage groups, and holds less than a group carries, cannot', () => {
  test.each<[string, () => ReturnType<typeof kim.post>]>([
    ['put themselves into it', () => kim.post(`${account}/groups/admins/members`, { users: ['kim'] })],
    ['put somebody else into it', () => kim.post(`${account}/groups/admins/members`, { users: ['nora'] })],
    [
      'put a connection into it',
      () => kim.post(`${account}/groups/admins/members`, { connections: ['con_acme_nightowl'] }),
    ],
    ['put somebody out of it', () => kim.delete(`${account}/groups/admins/members/usr_admin`)],
    [
      'put many into it',
      () =>
        kim.post(`${account}/members-bulk`, {
          users: ['kim'],
          action: { kind: 'add_to_group', group: 'admins' },
        }),
    ],
    [
      'add a user who is in it',
      () => kim.post(`${account}/members`, { email: 'n@acme.example', groups: ['admins'] }),
    ],
    [
      'invite somebody into it',
      () => kim.post(`${account}/invitations`, { kind: 'home', email: 'n@acme.example', groups: ['admins'] }),
    ],
    ['delete it', async () => kim.delete(`${account}/groups/admins`, await version())],
    [
      'give a greater role to a group of their own',
      async () => {
        await kim.post(`${account}/groups`, { key: 'ladder', name: 'Ladder' })
        await kim.post(`${account}/groups/ladder/members`, { users: ['kim'] })
        return kim.post(`${account}/grants`, { group: 'ladder', role: 'administrator' })
      },
    ],
    [
      'turn its role into a greater one',
      () =>
        kim.patch(`${account}/grants/${granted}`, { role: 'superuser' }, { headers: { 'if-match': '"1"' } }),
    ],
    [
      'nest it in a group of their own',
      () => kim.post(`${account}/groups/ladder/members`, { users: ['grp_admins'] }),
    ],
    [
      'do it with a key of their own',
      () =>
        server.anonymous
          .with({ authorization: `Bearer ${made.json().secret as string}` })
          .post(`${account}/groups/admins/members`, { users: ['kim'] }),
    ],
  ])('%s', async (_, attempt) => {
    expect(made.status).toBe(201)
    const revision = await server.revision('acme')
    const reply = await attempt()
    const members = (await ada.get(`${account}/groups/admins/members`)).json()

    expect([403, 422], `${reply.text}`).toContain(reply.status)
    expect(members).toMatchObject({ total: 1, items: [{ id: 'usr_admin' }] })
    expect((await server.revision('acme')) - revision).toBeLessThanOrEqual(2) // the ladder itself is allowed
    expect((await kim.post(`${account}/organizations`, { key: 'escalated' })).status).toBe(403)
  })

  test('and an administrator can', async () => {
    const before = await butTheLog(acme)
    const reply = await server.as('admin').post(`${account}/groups/admins/members`, { users: ['nora'] })

    expect(reply.status).toBe(200)
    expect(await butTheLog(acme)).not.toEqual(before)
  })
})
