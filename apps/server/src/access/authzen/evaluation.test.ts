import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestClient, type TestServer } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

let server: TestServer
let operator: TestClient
beforeAll(async () => {
  server = await startTestServer()
  operator = server.operator
})

const inRome = { organization: 'acme/rome' }
const viv = { type: 'user', id: 'viv' }
const view = { name: 'view' }
const asset = { type: 'asset', id: '7', properties: inRome }

/** A question about Viv, who views Acme and uses Rome, as changed. */
function question(change: object = {}): object {
  return { subject: viv, action: view, resource: asset, ...change }
}

const ask = (body: object, client: TestClient = operator) => client.post('/access/v1/evaluation', body)

describe('an evaluation', () => {
  test('that is granted is answered with true, the reason and the revision', async () => {
    const reply = await ask(question())
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toMatch(/^application\/json/)
    expect(reply.json()).toEqual({
      decision: true,
      context: { reasons: ['granted'], revision: `acc_acme:${await server.revision('acme')}` },
    })
  })

  test('that is denied is answered with 200 and false', async () => {
    const reply = await ask(
      question({
        action: { name: 'delete' },
        resource: { ...asset, properties: { organization: 'acme/oslo' } },
      }),
    )
    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({ decision: false, context: { reasons: ['not_granted'] } })
  })

  test.each([
    ['id', worldIds.user('viv')],
    ['e-mail', 'viv@acme.example'],
    ['e-mail however written', 'VIV@Acme.Example'],
    ['external id', 'viv'],
  ])('names a user by %s', async (_, id) => {
    expect((await ask(question({ subject: { type: 'user', id } }))).json().decision).toBe(true)
  })

  test.each([
    { properties: { organization: worldIds.organization('acme', 'rome') } },
    { properties: { organization: 'acme/rome' } },
    { properties: { organization: `${worldIds.account('acme')}/rome` } },
    { properties: { organization: 'rome', account: 'acme' } },
    { properties: { organization: 'acme/rome', account: 'acme' } },
    { properties: { account: 'acme' } },
    { properties: { account: worldIds.account('acme') } },
  ])('names the place by $properties', async ({ properties }) => {
    expect((await ask(question({ resource: { ...asset, properties } }))).json().decision).toBe(true)
  })

  test.each([
    { action: view, resource: { type: 'organization', id: 'acme/rome' } },
    { action: view, resource: { type: 'organization', id: worldIds.organization('acme', 'oslo') } },
    { action: { name: 'asset.view' }, resource: { type: 'organization', id: 'acme/rome' } },
    { action: view, resource: { type: 'organization', id: 'rome', properties: { account: 'acme' } } },
    { action: view, resource: { type: 'organization', id: 'whichever', properties: { account: 'acme' } } },
    { action: { name: 'asset.view' }, resource: { type: 'account', id: 'acme' } },
  ])('may be about $resource itself', async ({ action, resource }) => {
    expect((await ask(question({ action, resource }))).json().decision).toBe(true)
  })

  test.each([
    { why: 'subject_unknown', change: { subject: { type: 'user', id: 'nobody' } } },
    { why: 'subject_unknown', change: { subject: { type: 'user', id: 'usr_nobody' } } },
    { why: 'subject_unknown', change: { subject: { type: 'user', id: '' } } },
    { why: 'subject_unknown', change: { subject: { type: 'user', id: '\0' } } },
    { why: 'subject_unknown', change: { subject: { type: 'machine', id: 'viv' } } },
    { why: 'subject_unknown', change: { subject: { type: 'user', id: 'gus' } } },
    { why: 'permission_unknown', change: { action: { name: 'fly' } } },
    { why: 'permission_unknown', change: { action: { name: '__proto__' } } },
    { why: 'permission_unknown', change: { resource: { ...asset, type: 'spaceship' } } },
    {
      why: 'place_unknown',
      change: { resource: { ...asset, properties: { organization: 'acme/nowhere' } } },
    },
    { why: 'place_unknown', change: { resource: { ...asset, properties: { organization: 'org_nowhere' } } } },
    {
      why: 'place_unknown',
      change: { resource: { ...asset, properties: { organization: 'globex/lima', account: 'acme' } } },
    },
    { why: 'place_unknown', change: { resource: { ...asset, properties: { account: 'nobody' } } } },
    { why: 'place_unknown', change: { resource: { type: 'asset', id: '7' } } },
  ])('about what is unknown is denied: $change', async ({ why, change }) => {
    const reply = await ask(question(change))
    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({ decision: false, context: { reasons: [why] } })
  })

  test('looks at nothing that it does not know', async () => {
    const reply = await ask({
      ...question({ context: { time: '1985-10-26T01:22-07:00', schema: 'x' } }),
      subject: { ...viv, properties: { department: 'Sales' } },
      foo: 'bar',
      futureField: { nested: true },
    })
    expect(reply.json().decision).toBe(true)
  })

  test('carries the whole explanation on request', async () => {
    const reply = await ask(question({ context: { explain: true } }))
    expect(reply.json().context.explanation).toMatchObject({
      allowed: true,
      because: [
        { user: 'usr_viv', account: 'acc_acme', permission: 'asset.view', grant: { role: { id: 'viewer' } } },
        { group: { id: 'grp_acme_field', kind: 'manual' }, grant: { organization: 'org_acme_rome' } },
      ],
    })
  })

  test('explains a denial by what came near', async () => {
    const body = question({ subject: { type: 'user', id: 'rita' }, context: { explain: true } })
    const reply = await ask({ ...body, resource: { ...asset, properties: { organization: 'acme/oslo' } } })
    expect(reply.json().context.explanation).toMatchObject({
      allowed: false,
      near_misses: [{ obstacles: [{ code: 'other_organization', organization: 'org_acme_rome' }] }],
      smallest_change: [{ account: 'acc_acme' }],
    })
  })

  test('about somebody suspended says so', async () => {
    const reply = await ask(question({ subject: { type: 'user', id: 'sven' } }))
    expect(reply.json()).toMatchObject({ decision: false, context: { reasons: ['subject_suspended'] } })
  })

  test('about somebody from a connected account carries both revisions, and names the ceiling', async () => {
    const otto = { type: 'user', id: 'otto@nightowl.example' }
    const both = `acc_acme:${await server.revision('acme')}, acc_nightowl:${await server.revision('nightowl')}`
    const allowed = await ask(question({ subject: otto }))
    expect(allowed.json()).toEqual({ decision: true, context: { reasons: ['granted'], revision: both } })
    const denied = await ask(
      question({ subject: otto, resource: { ...asset, properties: { organization: 'acme/oslo' } } }),
    )
    expect(denied.json()).toMatchObject({ decision: false, context: { reasons: ['not_granted'] } })
  })
})
