import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const account = '/api/v1/accounts/acme'
const path = `${account}/members`

/** Whether somebody may see the assets there, asked as a host product asks. */
async function allowed(user: string, permission: string, organization: string): Promise<boolean> {
  const [type = '', name = ''] = permission.split('.')
  const reply = await server.operator.post('/access/v1/evaluation', {
    subject: { type: 'user', id: user },
    action: { name },
    resource: { type, id: '1', properties: { organization: `acme/${organization}` } },
  })
  return reply.json().decision as boolean
}

describe('adding a user', () => {
  test('gives them a login and their access, and writes it down', async () => {
    const before = await server.revision('acme')
    const reply = await server.as('admin').post(path, {
      email: ' Nina@Acme.test ',
      name: 'Nina New',
      external_id: 'nina-7',
      default_role: { role: 'viewer' },
      grants: [{ role: 'user', organization: 'rome', ends_at: '2999-01-01T00:00:00Z' }],
      groups: ['field'],
    })

    expect(reply.status).toBe(201)
    expect(reply.json()).toMatchObject({
      email: 'nina@acme.test',
      name: 'Nina New',
      kind: 'home',
      verified: false,
      home: { slug: 'acme' },
      roles: [{ role: 'viewer' }],
    })
    expect(reply.headers['keyholder-revision']).toBe(`acc_acme:${before + 1}`)
    expect(await allowed('nina@acme.test', 'asset.view', 'oslo')).toBe(true)
    expect(await allowed('nina@acme.test', 'asset.edit', 'oslo')).toBe(false)
    expect(await allowed('nina@acme.test', 'asset.edit', 'rome')).toBe(true)
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.create',
      outcome: 'done',
      target: { type: 'member', id: reply.json().id },
      after: { email: 'nina@acme.test', grants: [{ role: 'viewer', organization: null }, { role: 'user' }] },
    })
  })

  test('with nothing named is somebody without access, on the Restricted page', async () => {
    const reply = await server.as('ada').post(path, { email: 'bare@acme.test' })
    const restricted = await server.as('ada').get(path, { query: { restricted: 'true', q: 'bare@' } })

    expect(reply.json()).toMatchObject({ name: null, roles: [], groups: [] })
    expect(restricted.json().total).toBe(1)
  })

  test.each([
    { why: 'the address is none', body: { email: 'not an address' }, status: 422, code: 'email_malformed' },
    { why: 'the address is two', body: { email: 'a@x.test,b@x.test' }, status: 422, code: 'email_malformed' },
    { why: 'they are here already', body: { email: 'ADA' }, status: 409, code: 'member_exists' },
    { why: 'they have a login elsewhere', body: { email: 'GUS' }, status: 409, code: 'email_taken' },
    {
      why: 'the external id means somebody else',
      body: { email: 'x1@acme.test', external_id: 'ada' },
      status: 409,
      code: 'external_id_taken',
    },
    {
      why: 'a role does not exist',
      body: { email: 'x2@acme.test', default_role: { role: 'emperor' } },
      status: 422,
      code: 'reference_unknown',
    },
    {
      why: 'an organization is another account’s',
      body: { email: 'x3@acme.test', grants: [{ role: 'viewer', organization: 'org_globex_lima' }] },
      status: 422,
      code: 'reference_unknown',
    },
    {
      why: 'a group does not exist',
      body: { email: 'x4@acme.test', groups: ['field', 'nowhere'] },
      status: 422,
      code: 'reference_unknown',
    },
    {
      why: 'a role is given twice',
      body: {
        email: 'x5@acme.test',
        grants: [
          { role: 'viewer', organization: 'rome' },
          { role: 'viewer', organization: 'org_acme_rome' },
        ],
      },
      status: 409,
      code: 'grant_exists',
    },
    {
      why: 'they would get more than its author has',
      body: { email: 'x6@acme.test', default_role: { role: 'superuser' } },
      status: 403,
      code: 'beyond_own_access',
    },
    {
      why: 'a field is unknown',
      body: { email: 'x7@acme.test', verified: true },
      status: 400,
      code: 'request_invalid',
    },
  ])('is refused where $why, and nothing is written', async ({ body, status, code }) => {
    const before = await server.revision('acme')
    const people = await server.database.asOwner('select id from users order by id')
    const email = await emailOf(body.email)
    const reply = await server.as('admin').post(path, { ...body, email })

    expect([reply.status, reply.json().code]).toEqual([status, code])
    expect(await server.revision('acme')).toBe(before)
    expect(await server.database.asOwner('select id from users order by id')).toEqual(people)
  })

  test('is refused to somebody who may not invite, which the log tells', async () => {
    const reply = await server.as('rita').post(path, { email: 'y@acme.test' })

    expect(reply.json()).toMatchObject({ code: 'not_permitted', permission: 'member.invite' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'member.create',
      outcome: 'refused',
      actor: { user: 'usr_rita' },
    })
  })

  test('is previewed without a trace, and applied as previewed', async () => {
    const body = { email: 'seen@acme.test', default_role: { role: 'viewer' } }
    const preview = await server.as('ada').post(`${path}?preview=true`, body)
    const people = await server.as('ada').get(path, { query: { q: 'seen@' } })
    const done = await server
      .as('ada')
      .post(path, body, { headers: { 'keyholder-preview': preview.json().preview.hash } })

    expect(preview.status).toBe(200)
    expect(people.json().total).toBe(0)
    expect(done.status).toBe(201)
  })
})

describe('adding somebody for one organization only', () => {
  const single = { organization: 'rome', permissions: ['asset.view', 'asset.tag'] }

  test('makes a role bound to it, which stands among the others and can be edited', async () => {
    const reply = await server
      .as('admin')
      .post(path, { email: 'pia@acme.test', name: 'Pia', single_organization: single })
    const roles = await server.as('ada').get(`${account}/roles`, { query: { q: 'Pia' } })
    const [role] = roles.json().items

    expect(reply.status).toBe(201)
    expect(role).toMatchObject({
      key: 'only-rome',
      name: 'Rome office: Pia',
      permissions: ['asset.view', 'asset.tag'],
      organizations: ['org_acme_rome'],
      grants: 1,
    })
    expect(await allowed('pia@acme.test', 'asset.tag', 'rome')).toBe(true)
    expect(await allowed('pia@acme.test', 'asset.view', 'oslo')).toBe(false)
    expect((await server.events('acme')).slice(-2)).toMatchObject([
      { action: 'member.create' },
      { action: 'role.create', organization: 'org_acme_rome' },
    ])
    const read = await server.as('ada').get(`${account}/roles/${role.id}`)
    const headers = { 'if-match': read.headers.etag ?? '' }
    await server.as('ada').patch(`${account}/roles/${role.id}`, { permissions: ['asset.view'] }, { headers })
    expect(await allowed('pia@acme.test', 'asset.tag', 'rome')).toBe(false)
  })

  test('can be previewed and applied', async () => {
    const body = { email: 'pius@acme.test', single_organization: single }
    const preview = await server.as('admin').post(`${path}?preview=true`, body)
    const done = await server
      .as('admin')
      .post(path, body, { headers: { 'keyholder-preview': preview.json().preview.hash } })

    expect(done.status).toBe(201)
  })

  test.each([
    {
      why: 'it would carry what is of the account',
      body: { single_organization: { ...single, permissions: ['account.view'] } },
      code: 'role_bound_account_level',
    },
    {
      why: 'it would carry more than its author has',
      body: { single_organization: { ...single, permissions: ['asset.paint'] } },
      code: 'permission_unknown',
    },
    {
      why: 'the organization is another account’s',
      body: { single_organization: { ...single, organization: 'lima' } },
      code: 'reference_unknown',
    },
    {
      why: 'they would get another role besides',
      body: { single_organization: single, default_role: { role: 'viewer' } },
      code: 'request_invalid',
    },
  ])('is refused where $why', async ({ body, code }) => {
    const before = await server.revision('acme')
    const reply = await server.as('ada').post(path, { email: 'nope@acme.test', ...body })

    expect(reply.json()).toMatchObject({ code })
    expect(await server.revision('acme')).toBe(before)
  })
})

async function emailOf(name: string): Promise<string> {
  if (!/^[A-Z]+$/.test(name)) return name
  const [row] = await server.database.asOwner<{ email: string }>('select email from users where id = $1', [
    `usr_${name.toLowerCase()}`,
  ])
  return row?.email ?? name
}
