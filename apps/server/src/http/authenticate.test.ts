import { describe, expect, test } from 'vitest'
import type { AccountId, UserId } from '@keyholder/core'
import { makeKey, startTestServer, testClient } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/organizations'
const acme = 'acc_acme' as AccountId
const someKey = `kh_${'x'.repeat(43)}`

function withAuthorization(authorization: string) {
  return testClient(server.app, { authorization })
}

describe('a caller', () => {
  test('who brings no key is asked for one', async () => {
    const reply = await server.anonymous.get(path)

    expect(reply.status).toBe(401)
    expect(reply.headers['www-authenticate']).toBe('Bearer')
    expect(reply.json()).toMatchObject({ code: 'authentication_required' })
  })

  test.each([
    ['that is made up', `Bearer ${someKey}`],
    ['in another scheme', `Basic ${Buffer.from('a:b').toString('base64')}`],
    ['with nothing after the scheme', 'Bearer '],
    ['of another product', 'Bearer sk-1234567890123456789012345'],
    ['followed by another', `Bearer ${someKey}, Bearer ${someKey}`],
    ['without end', `Bearer kh_${'x'.repeat(5_000)}`],
  ])('who brings a key %s is told that it is not valid, and no more', async (_, authorization) => {
    const reply = await withAuthorization(authorization).get(path)

    expect(reply.status).toBe(401)
    expect(reply.json()).toEqual((await withAuthorization(`Bearer ${someKey}`).get(path)).json())
  })

  test.each(['access_token', 'api_key', 'key', 'token', 'q'])(
    'who puts a key into the address is told to replace it: %s',
    async (name) => {
      const reply = await server.operator.get(path, { query: { [name]: server.operatorKey.secret } })

      expect(reply.status).toBe(400)
      expect(reply.json()).toMatchObject({ code: 'key_in_query' })
    },
  )
})

describe("an account's key", () => {
  test('does what its scopes say, in its own account alone', async () => {
    const { client } = await server.withKey({ account: acme, scopes: ['organization.view'] })

    expect((await client.get(path)).status).toBe(200)
    expect((await client.post(path, { key: 'bern' })).json()).toMatchObject({
      code: 'not_permitted',
      permission: 'organization.create',
    })
    expect((await client.get('/api/v1/accounts/globex/organizations')).status).toBe(404)
  })

  test('is worth no more than whoever made it', async () => {
    const scopes = ['organization.view', 'organization.create']
    const { client: superusers } = await server.withKey({
      account: acme,
      scopes,
      madeBy: 'usr_ada' as UserId,
    })
    const { client: viewers } = await server.withKey({ account: acme, scopes, madeBy: 'usr_viv' as UserId })
    const { client: suspended } = await server.withKey({
      account: acme,
      scopes,
      madeBy: 'usr_sven' as UserId,
    })

    expect((await superusers.post(path, { key: 'made-by-ada' })).status).toBe(201)
    expect((await viewers.post(path, { key: 'made-by-viv' })).status).toBe(403)
    expect((await suspended.get(path)).status).toBe(404)
  })

  test('that has ended or was revoked is as good as none', async () => {
    const { client: ended } = await server.withKey({
      account: acme,
      scopes: ['organization.view'],
      endsAt: new Date(0),
    })
    const { client: revoked, id } = await server.withKey({ account: acme, scopes: ['organization.view'] })
    expect((await revoked.get(path)).status).toBe(200)

    await server.database.asOwner('update api_keys set revoked_at = now() where id = $1', [id])

    expect((await ended.get(path)).json()).toMatchObject({ code: 'key_invalid' })
    expect((await revoked.get(path)).json()).toMatchObject({ code: 'key_invalid' })
  })

  test('acts for nobody', async () => {
    const { client } = await server.withKey({ account: acme, scopes: ['organization.view'] })

    expect((await client.with({ 'keyholder-act-as': 'usr_ada' }).get(path)).json()).toMatchObject({
      code: 'deployment_only',
    })
  })
})

describe("the deployment's key", () => {
  test('acts for a person by id or e-mail, and then holds what the person holds', async () => {
    const byId = server.operator.with({ 'keyholder-act-as': 'usr_viv' })
    const byEmail = server.operator.with({ 'keyholder-act-as': 'VIV@acme.example' })

    expect((await byId.get(path)).status).toBe(200)
    expect((await byEmail.get(path)).status).toBe(200)
    expect((await byEmail.post(path, { key: 'bern' })).status).toBe(403)
  })

  test('is told when there is no such person', async () => {
    const reply = await server.operator.with({ 'keyholder-act-as': 'nobody@acme.example' }).get(path)

    expect(reply.status).toBe(422)
    expect(reply.json()).toMatchObject({ code: 'person_unknown' })
  })

  test('that is only for decisions opens no account', async () => {
    const { secret } = await makeKey(server.db, { scopes: ['decide'] })

    expect((await withAuthorization(`Bearer ${secret}`).get(path)).status).toBe(404)
  })
})

test('no secret of a key is stored', async () => {
  const [found] = await server.database.asOwner<{ rows: string }>(
    'select coalesce(json_agg(k)::text, $$$$) as rows from api_keys k',
  )
  expect(found?.rows).toContain(server.operatorKey.id)
  expect(found?.rows).not.toContain(server.operatorKey.secret)
})
