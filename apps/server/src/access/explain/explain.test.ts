import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '@keyholder/testkit/server'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})

const path = '/api/v1/accounts/acme/explain'
const question = { user: 'viv', permission: 'asset.view', organization: 'rome' }

describe('an explanation', () => {
  test('names every way to a permission', async () => {
    const reply = await server.operator.post(path, question)
    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({
      allowed: true,
      because: [
        { grant: { role: { id: 'viewer', name: 'Viewer' } }, permission: 'asset.view' },
        { group: { name: 'field' }, grant: { role: { id: 'user' }, organization: 'org_acme_rome' } },
      ],
      revision: `acc_acme:${await server.revision('acme')}`,
    })
  })

  test('is the one that a decision carries', async () => {
    const explained = await server.operator.post(path, question)
    const decided = await server.operator.post('/access/v1/evaluation', {
      subject: { type: 'user', id: question.user },
      action: { name: 'view' },
      resource: { type: 'asset', id: '7', properties: { organization: 'acme/rome' } },
      context: { explain: true },
    })
    expect(decided.json().context.explanation).toEqual(explained.json())
  })

  test('names the standing and the ceiling of a way through a connection', async () => {
    const reply = await server.operator.post(path, { ...question, user: 'otto@nightowl.example' })
    expect(reply.json()).toMatchObject({
      allowed: true,
      because: [
        {
          through: {
            connection: 'con_acme_nightowl',
            guest: 'acc_nightowl',
            maximum: { id: 'user' },
            standing: [{ role: { id: 'superuser' } }],
          },
        },
      ],
    })
  })

  test.each([
    { asked: { permission: 'asset.fly' }, unknown: 'permission' },
    { asked: { user: 'nobody' }, unknown: 'user' },
    { asked: { user: 'gus@globex.example' }, unknown: 'user' },
  ])('says what is unknown: $unknown of $asked', async ({ asked, unknown }) => {
    const reply = await server.operator.post(path, { ...question, ...asked })
    expect(reply.json()).toMatchObject({ allowed: false, because: [], unknown })
  })

  test('is given to whoever sees grants there, and to nobody else', async () => {
    expect((await server.as('admin').post(path, question)).status).toBe(200)
    expect((await server.as('rita').post(path, question)).status).toBe(200)
    expect((await server.as('rita').post(path, { ...question, organization: 'oslo' })).status).not.toBe(200)
    expect((await server.as('nora').post(path, question)).status).toBe(403)
    expect((await server.as('gus').post(path, question)).status).toBe(404)
  })

  test('tells of other organizations only to whoever sees their grants', async () => {
    const rome = { ...question, user: 'mallory@globex.example' }
    const whole = await server.as('ada').post(path, rome)
    expect(whole.json().near_misses).toMatchObject([{ path: { grant: { organization: 'org_acme_oslo' } } }])
    const short = await server.as('rita').post(path, rome)
    expect(short.json()).toMatchObject({ allowed: false, near_misses: [] })
    expect(short.text).not.toContain('oslo')
  })

  test('tells an account which role counts at a home, and no more of it', async () => {
    const ottos = { ...question, user: 'otto@nightowl.example' }
    const reply = await server.as('ada').post(path, ottos)
    expect(reply.json().because[0].through.standing).toEqual([
      { role: { id: 'superuser', name: 'Superuser' } },
    ])
    expect(reply.text).not.toContain('grt_nightowl')
  })

  test('of a revision that does not exist is refused', async () => {
    const reply = await server.operator.post(path, { ...question, at_least: 1_000_000 })
    expect(reply.status).toBe(409)
    expect(reply.json()).toMatchObject({ code: 'revision_unreached' })
  })
})
