import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts'
const acme = `${path}/acme`

async function edit(who: string, body: object) {
  const read = await server.as('ada').get(acme)
  return server.as(who).patch(acme, body, { headers: { 'if-match': read.headers.etag ?? '' } })
}

describe('making an account', () => {
  const body = {
    slug: 'initech',
    name: 'Initech',
    superuser: { email: 'Bill@Initech.example', name: 'Bill' },
  }

  test('makes its first superuser with it, once for one idempotency key', async () => {
    const headers = { 'idempotency-key': 'make-initech' }
    const first = await server.operator.post(path, body, { headers })
    const again = await server.operator.post(path, body, { headers })
    const person = server.operator.with({ 'keyholder-act-as': 'bill@initech.example' })

    expect(first.status).toBe(201)
    expect(first.json()).toMatchObject({
      slug: 'initech',
      status: 'active',
      revision: `${first.json().id}:1`,
    })
    expect(again.text).toBe(first.text)
    expect((await person.post(`${path}/initech/organizations`, { key: 'hq' })).status).toBe(201)
    expect((await person.get(`${path}/initech/events`)).json().items.at(-1)).toMatchObject({
      action: 'account.create',
      actor: { kind: 'operator' },
    })
  })

  test.each([
    { why: 'the slug is taken', change: { slug: 'acme' }, code: 'account_slug_taken' },
    {
      why: 'somebody has the address',
      change: { slug: 'new', superuser: { email: 'ada@acme.example' } },
      code: 'email_taken',
    },
    {
      why: 'the address is none',
      change: { slug: 'new', superuser: { email: 'a@x.test,b@x.test' } },
      code: 'email_malformed',
    },
  ])('is refused where $why, and nothing is left of it', async ({ change, code }) => {
    const before = (await server.operator.get(path)).json().total
    const reply = await server.operator.post(path, { ...body, ...change })

    expect(reply.json()).toMatchObject({ code })
    expect((await server.operator.get(path)).json().total).toBe(before)
  })

  test('of one name, by several at the same time, is done once', async () => {
    const make = () =>
      server.operator.post(path, { slug: 'twice', name: 'Twice', superuser: { email: 'tom@twice.example' } })
    const replies = await Promise.all([make(), make(), make(), make()])

    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect(reply.json()).toMatchObject({ code: 'account_slug_taken' })
    }
  })

  test('is the operator’s alone, and so is the list', async () => {
    expect((await server.as('ada').post(path, body)).json()).toMatchObject({ code: 'deployment_only' })
    expect((await server.as('ada').get(path)).status).toBe(403)
  })
})

describe('an account', () => {
  test('keeps the settings that are not changed', async () => {
    const reply = await edit('ada', { settings: { mfa: 'everyone' } })

    expect(reply.json().settings).toEqual({
      mfa: 'everyone',
      idle_minutes: null,
      login_minutes: null,
      support_access: true,
      invitation_days: 30,
      sso: 'optional',
    })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'account.update',
      before: { settings: { mfa: 'nobody' } },
      after: { settings: { mfa: 'everyone' } },
    })
  })

  test('is not changed by an administrator, nor its sign-in by somebody with settings alone', async () => {
    await server
      .as('ada')
      .post(`${acme}/roles`, { key: 'clerk', permissions: ['account.view', 'account.manage_settings'] })
    const { client } = await server.withKey({
      account: 'acc_acme' as never,
      scopes: ['account.view', 'account.manage_settings'],
    })
    const etag = (await client.get(acme)).headers.etag ?? ''
    const named = await client.patch(acme, { settings: { mfa: 'nobody' } }, { headers: { 'if-match': etag } })

    expect((await edit('admin', { name: 'Mine' })).status).toBe(403)
    expect(named.json()).toMatchObject({ code: 'not_permitted', permission: 'account.manage_sign_in' })
  })

  test('gives nothing to anybody while it is suspended', async () => {
    const before = await server.as('viv').get(`${acme}/organizations`)
    await server.operator.put(`${acme}/status`, { status: 'suspended', reason: 'unpaid' })
    const during = await server.as('viv').get(`${acme}/organizations`)
    const preview = await server.operator.put(
      `${acme}/status`,
      { status: 'active' },
      { query: { preview: 'true' } },
    )
    await server.operator.put(`${acme}/status`, { status: 'active' })
    const after = await server.as('viv').get(`${acme}/organizations`)

    expect([before.status, during.status, after.status]).toEqual([200, 403, 200])
    expect(preview.json().preview.gains).toContainEqual(expect.objectContaining({ user: 'usr_viv' }))
  })

  test('says what should be mended', async () => {
    const acmeNotices = await server.as('ada').get(`${acme}/notices`)
    const globexNotices = await server.as('mallory').get(`${path}/globex/notices`)

    expect(acmeNotices.json()).toEqual({ items: [] })
    expect(globexNotices.json()).toEqual({
      items: [{ code: 'few_superusers', superusers: ['usr_mallory'], wanted: 2 }],
    })
  })
})

test('the blueprint is shown to everybody with a key, resolved', async () => {
  const reply = await server.as('viv').get('/api/v1/blueprint')

  expect(reply.json().permissions).toContainEqual({
    key: 'member.invite',
    label: 'Invite members',
    level: 'organization',
    own: false,
    guarded: true,
  })
  expect((await server.anonymous.get('/api/v1/blueprint')).status).toBe(401)
})
