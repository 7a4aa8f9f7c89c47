import { describe, expect, test } from 'vitest'
import { worldIds } from '@keyholder/world'
import { startTestServer, type TestReply } from '@keyholder/testkit/server'
import { checksums } from '@keyholder/testkit/attack'

/*
 * T05: Rita administers Rome, one of Acme's organizations, and tries everything that reaches beyond it.
 */

const server = await startTestServer()
const acme = worldIds.account('acme')
const { butTheLog } = await checksums(server.database)
const account = '/api/v1/accounts/acme'
const [ada, rita] = [server.as('ada'), server.as('rita')]

const made = async (reply: Promise<TestReply>) => (await reply).json<{ id: string }>().id
const intoOslo = await made(
  ada.post(`${account}/invitations`, {
    kind: 'external',
    email: 'oslo@example.test',
    grants: [{ role: 'viewer', organization: 'oslo' }],
  }),
)
const everywhere = await made(
  ada.post(`${account}/invitations`, {
    kind: 'home',
    email: 'all@example.test',
    default_role: { role: 'viewer' },
  }),
)
await ada.post(`${account}/roles`, {
  key: 'shared',
  permissions: ['asset.view'],
  organizations: ['rome', 'oslo'],
})
const key = await made(ada.post(`${account}/api-keys`, { name: 'Sync', scopes: ['asset.view'] }))
const grants = (await ada.get(`${account}/grants`, { query: { limit: '100' } })).json<{
  items: { id: string; subject: { id: string }; organization: { id: string } | null }[]
}>().items
const grantOf = (user: string) => grants.find(({ subject }) => subject.id === `usr_${user}`)?.id ?? ''
const edit = { headers: { 'if-match': '"1"' } }

const attempts: Readonly<Record<string, () => Promise<TestReply>>> = {
  'change a role of the whole account': () => rita.patch(`${account}/roles/keeper`, { name: 'Mine' }, edit),
  'change a role that another organization uses too': () =>
    rita.patch(`${account}/roles/shared`, { permissions: ['asset.view', 'asset.edit'] }, edit),
  'make a role of the whole account': () => rita.post(`${account}/roles`, { key: 'mine', permissions: [] }),
  'make a role for another organization': () =>
    rita.post(`${account}/roles`, { key: 'mine', permissions: [], organizations: ['oslo'] }),
  'copy a role': () => rita.post(`${account}/roles/keeper/clone`, { key: 'mine' }),
  'delete a role': () => rita.delete(`${account}/roles/keeper`, edit),
  'rename a group': () => rita.patch(`${account}/groups/field`, { name: 'Mine' }, edit),
  'delete a group': () => rita.delete(`${account}/groups/field`, edit),
  'put herself into a group': () => rita.post(`${account}/groups/field/members`, { users: ['rita'] }),
  'put somebody out of a group': () => rita.delete(`${account}/groups/field/members/usr_viv`),
  'make a group': () => rita.post(`${account}/groups`, { key: 'mine', name: 'Mine' }),
  'give a role over the whole account': () =>
    rita.post(`${account}/grants`, { user: 'nora', role: 'viewer' }),
  'give a role in another organization': () =>
    rita.post(`${account}/grants`, { user: 'nora', role: 'viewer', organization: 'oslo' }),
  'give a role in another organization by e-mail': () =>
    rita.post(`${account}/role-bindings`, {
      email: 'nora@acme.example',
      role: 'viewer',
      organization: 'oslo',
    }),
  'take a role in another organization away': () => rita.delete(`${account}/grants/${grantOf('mallory')}`),
  'take a role over the whole account away': () => rita.delete(`${account}/grants/${grantOf('viv')}`),
  'change the role of a superuser': () =>
    rita.patch(`${account}/grants/${grantOf('ada')}`, { role: 'viewer' }, edit),
  'make herself an administrator of everything': () =>
    rita.patch(`${account}/members/rita`, { default_role: { role: 'administrator' } }, edit),
  'make herself a superuser': () => rita.post(`${account}/members/rita/promotion`),
  'make herself a full user': () =>
    rita.post(`${account}/members/rita/conversion`, { role: 'administrator' }),
  'demote a superuser': () => rita.patch(`${account}/members/ada`, { default_role: null }, edit),
  'suspend a superuser': () => rita.put(`${account}/members/ada/status`, { status: 'suspended' }),
  'remove a superuser': () => rita.delete(`${account}/members/ada`),
  'remove a member': () => rita.delete(`${account}/members/viv`),
  'suspend many': () => rita.post(`${account}/members-bulk`, { users: ['viv'], action: { kind: 'suspend' } }),
  'give many a role elsewhere': () =>
    rita.post(`${account}/members-bulk`, {
      users: ['nora'],
      action: { kind: 'grant', role: 'viewer', organization: 'oslo' },
    }),
  'add a user': () => rita.post(`${account}/members`, { email: 'new@acme.example' }),
  'invite into another organization': () =>
    rita.post(`${account}/invitations`, {
      kind: 'external',
      email: 'new@example.test',
      grants: [{ role: 'viewer', organization: 'oslo' }],
    }),
  'invite into everything': () =>
    rita.post(`${account}/invitations`, {
      kind: 'external',
      email: 'new@example.test',
      default_role: { role: 'viewer' },
    }),
  'invite into a group': () =>
    rita.post(`${account}/invitations`, { kind: 'external', email: 'new@example.test', groups: ['field'] }),
  'read an invitation into another organization': () => rita.get(`${account}/invitations/${intoOslo}`),
  'take an invitation into another organization back': () =>
    rita.delete(`${account}/invitations/${intoOslo}`),
  'send an invitation into everything again': () =>
    rita.post(`${account}/invitations/${everywhere}/resend`, {}),
  'change an invitation into everything': () =>
    rita.patch(`${account}/invitations/${everywhere}`, { show_inviter: false }, edit),
  'change another organization': () => rita.patch(`${account}/organizations/oslo`, { name: 'Mine' }, edit),
  'delete another organization': () => rita.delete(`${account}/organizations/oslo`, edit),
  'make an organization': () => rita.post(`${account}/organizations`, { key: 'mine' }),
  'make a site in another organization': () =>
    rita.post(`${account}/organizations/oslo/sites`, { key: 'mine' }),
  'change the account': () => rita.patch(account, { name: 'Mine', settings: { mfa: 'nobody' } }, edit),
  'read the account’s settings': () => rita.get(account),
  'make an API key': () => rita.post(`${account}/api-keys`, { name: 'Mine', scopes: ['asset.view'] }),
  'rotate an API key': () => rita.post(`${account}/api-keys/${key}/rotate`),
  'revoke an API key': () => rita.delete(`${account}/api-keys/${key}`),
  'list the API keys': () => rita.get(`${account}/api-keys`),
  'change the licence': () => rita.patch(`${account}/licence`, { seats_licensed: 1 }, edit),
  'change the legal entity': () => rita.patch(`${account}/entity`, { legal_name: 'Mine' }, edit),
  'verify the log of the whole account': () => rita.post(`${account}/events/verify`),
}

describe('an administrator of one organization cannot', () => {
  test.each(Object.entries(attempts))('%s', async (_, attempt) => {
    const before = await butTheLog(acme)
    const done = (await server.events('acme')).filter(({ outcome }) => outcome === 'done').length
    const reply = await attempt()

    expect([403, 404, 422], `${reply.text}`).toContain(reply.status)
    expect(reply.text).not.toMatch(/request_invalid|version_/)
    expect(await butTheLog(acme)).toEqual(before)
    expect((await server.events('acme')).filter(({ outcome }) => outcome === 'done')).toHaveLength(done)
  })

  test('see what is in another organization, in any list', async () => {
    const lists = ['grants', 'invitations', 'events', 'organizations', 'events-export']
    const seen = await Promise.all(lists.map(async (list) => (await rita.get(`${account}/${list}`)).text))

    for (const text of seen) expect(text).not.toContain('oslo')
  })
})

test('an administrator of one organization can do all this there', async () => {
  const rome = await rita.get(`${account}/organizations/rome`)
  const replies = [
    await rita.patch(
      `${account}/organizations/rome`,
      { name: 'Roma' },
      { headers: { 'if-match': rome.headers.etag ?? '' } },
    ),
    await rita.post(`${account}/grants`, { user: 'nora', role: 'viewer', organization: 'rome' }),
    await rita.post(`${account}/organizations/rome/sites`, { key: 'mine' }),
    await rita.post(`${account}/invitations`, {
      kind: 'external',
      email: 'rome@example.test',
      grants: [{ role: 'viewer', organization: 'rome' }],
    }),
    await rita.get(`${account}/events`),
  ]

  expect(replies.map(({ status }) => status)).toEqual([200, 201, 201, 201, 200])
})
