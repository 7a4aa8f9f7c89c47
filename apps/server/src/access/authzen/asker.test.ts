import { beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestClient, type TestServer } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

let server: TestServer
let acmes: TestClient
beforeAll(async () => {
  server = await startTestServer()
  const key = await server.withKey({ account: worldIds.account('acme'), scopes: [] })
  acmes = key.client
})

const evaluation = '/access/v1/evaluation'
const question = (who: string, properties: object = {}) => ({
  subject: { type: 'user', id: who },
  action: { name: 'view' },
  resource: { type: 'asset', id: '7', properties },
})

describe("an account's key", () => {
  test('asks about its own account, named or not', async () => {
    for (const properties of [
      {},
      { account: 'acme' },
      { organization: 'rome' },
      { organization: 'acme/oslo' },
    ]) {
      const reply = await acmes.post(evaluation, question('viv', properties))
      expect(reply.json()).toMatchObject({ decision: true })
    }
  })

  test.each([
    ['globex', 'nobody'],
    ['acc_globex', 'acc_nobody'],
  ])(
    'is told of another account (%s) what it is told of one that does not exist (%s)',
    async (other, none) => {
      // The node knows the place, because somebody who may has just asked about it.
      await server.operator.post(evaluation, question('gus', { organization: `${other}/lima` }))
      const answers = await Promise.all(
        [other, none].flatMap((account) => [
          acmes.post(evaluation, question('gus', { account })),
          acmes.post(evaluation, question('gus', { organization: `${account}/lima` })),
        ]),
      )
      const [first] = answers
      expect(first?.json()).toEqual({ decision: false, context: { reasons: ['place_unknown'] } })
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    },
  )

  test("is told of another account's organization what it is told of none", async () => {
    const other = await acmes.post(evaluation, question('viv', { organization: 'org_globex_lima' }))
    const none = await acmes.post(evaluation, question('viv', { organization: 'org_nowhere' }))
    expect(other.json().decision).toBe(false)
    expect(other.text).toBe(none.text)
  })

  test.each(['gus', 'gus@globex.example', 'usr_gus'])(
    'is told of a person who has nothing to do with it (%s) what it is told of nobody',
    async (stranger) => {
      const other = await acmes.post(evaluation, question(stranger))
      const none = await acmes.post(evaluation, question(stranger.replace('gus', 'nix')))
      expect(other.json().decision).toBe(false)
      expect(other.text).toBe(none.text)
    },
  )

  test('learns of the people of a guest, which it let in', async () => {
    const reply = await acmes.post(evaluation, question('otto@nightowl.example', { organization: 'rome' }))
    expect(reply.json()).toMatchObject({ decision: true })
  })

  test('searches its own account alone', async () => {
    const search = { subject: { type: 'user' }, action: { name: 'view' } }
    const own = await acmes.post('/access/v1/search/subject', {
      ...search,
      resource: { type: 'account', id: '*' },
    })
    expect(own.json().results.length).toBeGreaterThan(0)
    const other = await acmes.post('/access/v1/search/subject', {
      ...search,
      resource: { type: 'account', id: 'globex' },
    })
    expect(other.json().results).toEqual([])
  })

  test('is worth no more than whoever made it', async () => {
    const made = { account: worldIds.account('acme'), scopes: [] }
    const { client: vivs } = await server.withKey({ ...made, madeBy: worldIds.user('viv') })
    expect((await vivs.post(evaluation, question('viv'))).json()).toMatchObject({ decision: true })

    const { client: svens } = await server.withKey({ ...made, madeBy: worldIds.user('sven') })
    const reply = await svens.post(evaluation, question('viv'))
    expect(reply.status).toBe(403)
    expect(reply.json()).toMatchObject({ code: 'decisions_not_permitted' })
    expect((await server.events('acme')).at(-1)).toMatchObject({
      action: 'access.evaluate',
      outcome: 'refused',
      reason: 'decisions_not_permitted',
      actor: { kind: 'key', madeBy: 'usr_sven' },
    })
  })

  test.each([
    { key: 'without the permission to view grants', scopes: ['account.manage_api_keys'], told: false },
    { key: 'that may view grants', scopes: ['grant.view'], told: true },
    { key: 'whose maker may view grants there', scopes: ['grant.view'], madeBy: 'rita', told: true },
    {
      key: 'whose maker may view none there',
      scopes: ['grant.view'],
      madeBy: 'rita',
      place: 'oslo',
      told: false,
    },
    { key: 'whose maker may view none at all', scopes: ['grant.view'], madeBy: 'nora', told: false },
  ])('$key is told why: $told', async ({ scopes, madeBy, place = 'rome', told }) => {
    const made = { account: worldIds.account('acme'), scopes }
    const { client } = await server.withKey(madeBy ? { ...made, madeBy: worldIds.user(madeBy) } : made)
    const asked = { ...question('viv', { organization: place }), context: { explain: true } }
    // The second time, a key without a maker is remembered.
    for (const _ of [1, 2]) {
      const one = (await client.post(evaluation, asked)).json()
      const [inBatch] = (await client.post('/access/v1/evaluations', { evaluations: [asked] })).json()
        .evaluations
      for (const { decision, context } of [one, inBatch]) {
        expect({ decision, reasons: context.reasons }).toEqual({ decision: true, reasons: ['granted'] })
        expect(context.explanation !== undefined).toBe(told)
      }
    }
  })

  test('is told of other organizations only where it sees their grants', async () => {
    const asked = {
      ...question('mallory@globex.example', { organization: 'rome' }),
      context: { explain: true },
    }
    const made = { account: worldIds.account('acme'), scopes: ['grant.view'] }
    const whole = await (await server.withKey(made)).client.post(evaluation, asked)
    expect(whole.json().context.explanation.near_misses).toMatchObject([
      { path: { grant: { organization: 'org_acme_oslo' } } },
    ])
    const { client: ritas } = await server.withKey({ ...made, madeBy: worldIds.user('rita') })
    const short = await ritas.post(evaluation, asked)
    expect(short.json().context.explanation).toMatchObject({ allowed: false, near_misses: [] })
    expect(short.text).not.toContain('oslo')
  })

  test('that is revoked asks nothing from the next question on', async () => {
    const { client, id } = await server.withKey({ account: worldIds.account('acme'), scopes: [] })
    expect((await client.post(evaluation, question('viv'))).status).toBe(200)
    expect((await server.operator.delete(`/api/v1/accounts/acme/api-keys/${id}`)).status).toBe(204)
    expect((await client.post(evaluation, question('viv'))).status).toBe(401)
  })

  test('that is revoked behind the back of the node asks nothing by and by', async () => {
    const { client, id } = await server.withKey({ account: worldIds.account('acme'), scopes: [] })
    expect((await client.post(evaluation, question('viv'))).status).toBe(200)
    await server.database.asOwner('update api_keys set revoked_at = now() where id = $1', [id])
    await expect.poll(async () => (await client.post(evaluation, question('viv'))).status).toBe(401)
  })

  test('that has ended asks nothing', async () => {
    const endsAt = new Date(Date.now() - 1_000)
    const { client } = await server.withKey({ account: worldIds.account('acme'), scopes: [], endsAt })
    expect((await client.post(evaluation, question('viv'))).status).toBe(401)
  })
})

describe('a deployment key', () => {
  test('that opens nothing but decisions asks about every account', async () => {
    const { client } = await server.withKey({ scopes: ['decisions'] })
    for (const [who, account] of [
      ['viv', 'acme'],
      ['gus', 'globex'],
    ] as const) {
      expect((await client.post(evaluation, question(who, { account }))).json()).toMatchObject({
        decision: true,
      })
    }
    expect((await client.get('/api/v1/accounts/acme/organizations')).status).toBe(404)
  })

  test('has to name an account', async () => {
    const reply = await server.operator.post(evaluation, question('viv'))
    expect(reply.json()).toEqual({ decision: false, context: { reasons: ['place_unknown'] } })
  })

  test('that speaks for a person asks nothing', async () => {
    expect((await server.as('viv').post(evaluation, question('viv', { account: 'acme' }))).status).toBe(403)
  })
})

describe('without a valid key', () => {
  test('nothing is answered, and the header says what is missing', async () => {
    const reply = await server.anonymous.post(evaluation, question('viv'))
    expect(reply.status).toBe(401)
    expect(reply.headers['www-authenticate']).toMatch(/^Bearer/)
    const wrong = server.anonymous.with({ authorization: `Bearer kh_${'x'.repeat(43)}` })
    expect((await wrong.post(evaluation, question('viv'))).status).toBe(401)
  })

  test('nothing is answered to a key in the address', async () => {
    const reply = await server.anonymous.post(
      `${evaluation}?key=${server.operatorKey.secret}`,
      question('viv'),
    )
    expect(reply.status).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'key_in_query' })
  })
})
