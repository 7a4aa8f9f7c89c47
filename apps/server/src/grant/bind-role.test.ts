import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const path = `${account}/role-bindings`

async function email(user: string): Promise<string> {
  const [row] = await server.database.asOwner<{ email: string }>('select email from users where id = $1', [
    user,
  ])
  return row?.email ?? ''
}

const mails = async () =>
  (await server.operator.get('/api/v1/outbox', { query: { sort: 'created_at' } })).json().items as {
    recipient: string
    payload: object
  }[]

describe('giving a role by e-mail', () => {
  test('makes an external user of somebody from elsewhere, at once, and tells them', async () => {
    const before = await server.as('gus').get(`${account}/organizations`)
    const reply = await server
      .as('admin')
      .post(path, { email: (await email('usr_gus')).toUpperCase(), role: 'viewer', organization: 'rome' })
    const after = await server.as('gus').get(`${account}/organizations`)
    const external = await server
      .as('admin')
      .get(`${account}/members`, { query: { kind: 'external', q: 'gus' } })
    const users = await server.as('admin').get(`${account}/members`, { query: { q: 'gus' } })

    expect(reply.status).toBe(201)
    expect(reply.json()).toMatchObject({
      joined: true,
      grant: { subject: { id: 'usr_gus' }, role: 'viewer', organization: { id: 'org_acme_rome' } },
    })
    expect([before.status, after.json().total]).toEqual([404, 1])
    expect([external.json().total, users.json().total]).toEqual([1, 0])
    expect((await mails()).at(-1)).toMatchObject({
      recipient: await email('usr_gus'),
      payload: {
        template: 'role_bound',
        account: { slug: 'acme', name: 'Acme' },
        organization: { key: 'rome' },
        role: 'Viewer',
      },
    })
    expect((await server.events('acme')).filter(({ outcome }) => outcome === 'done').at(-1)).toMatchObject({
      action: 'role_binding.create',
      organization: 'org_acme_rome',
      after: { joined: true, subject: { id: 'usr_gus' }, role: 'viewer' },
    })
    expect((await server.as('gus').post(`${account}/leave`)).status).toBe(200)
  })

  test('only adds the role where they are in the account already', async () => {
    const reply = await server.as('rita').post(path, {
      email: await email('usr_nora'),
      role: 'viewer',
      organization: 'rome',
    })

    expect(reply.json()).toMatchObject({ joined: false, grant: { subject: { id: 'usr_nora' } } })
  })

  test('is previewed with what they would gain', async () => {
    const reply = await server
      .as('admin')
      .post(`${path}?preview=true`, { email: await email('usr_gus'), role: 'viewer', organization: 'rome' })

    expect(JSON.stringify(reply.json())).toContain('asset.view')
    expect((await server.as('gus').get(`${account}/organizations`)).status).toBe(404)
  })

  test.each([
    { why: 'nobody has a login with it', email: 'nobody@nowhere.test', code: 'login_unknown' },
    { why: 'it is no address', email: 'usr_gus', code: 'email_malformed' },
    { why: 'they are suspended here', user: 'usr_sven', code: 'member_suspended' },
    { why: 'they have the role already', user: 'usr_viv', role: 'viewer', code: 'grant_exists' },
    { why: 'the role does not exist', user: 'usr_viv', role: 'emperor', code: 'reference_unknown' },
    {
      why: 'the organization is another account’s',
      user: 'usr_viv',
      organization: 'lima',
      code: 'reference_unknown',
    },
    { why: 'it is more than the author has', user: 'usr_gus', role: 'superuser', code: 'beyond_own_access' },
  ])('is refused where $why, and no mail leaves', async ({ why: _, user, code, ...body }) => {
    const [before, sent] = [await server.revision('acme'), (await mails()).length]
    const address = user === undefined ? {} : { email: await email(user) }
    const reply = await server.as('admin').post(path, { role: 'user', ...body, ...address })

    expect(reply.json()).toMatchObject({ code })
    expect(await server.revision('acme')).toBe(before)
    expect(await mails()).toHaveLength(sent)
  })

  test('is refused for an address that nobody has proved, as if there were none', async () => {
    const gus = '/api/v1/accounts/globex/members'
    await server.as('mallory').post(gus, { email: 'bob@victim.test' })
    const unproved = await server.as('admin').post(path, { email: 'bob@victim.test', role: 'viewer' })
    const madeUp = await server.as('admin').post(path, { email: 'bill@victim.test', role: 'viewer' })

    expect(unproved.json()).toMatchObject({ code: 'login_unknown' })
    expect(unproved.text).toBe(madeUp.text)
  })

  test('of an outsider is refused to somebody who may grant and not invite', async () => {
    await server.as('ada').post(`${account}/roles`, {
      key: 'granter',
      permissions: ['grant.create', 'organization.view'],
    })
    await server.as('ada').post(`${account}/grants`, { user: 'kim', role: 'granter' })
    await server.as('ada').post(`${account}/roles`, { key: 'looker', permissions: ['organization.view'] })
    const outsider = { email: await email('usr_gus'), role: 'looker' }
    const insider = { email: await email('usr_nora'), role: 'looker' }

    expect((await server.as('kim').post(path, outsider)).json()).toMatchObject({
      code: 'not_permitted',
      permission: 'member.invite',
    })
    expect((await server.as('kim').post(path, insider)).status).toBe(201)
  })
})
