import { describe, expect, test } from 'vitest'
import type { AccountId } from '@keyholder/core'
import { startTestServer } from '@keyholder/testkit/server'

const server = await startTestServer()
const path = '/api/v1/accounts/acme/organizations'

describe('a request under an idempotency key', () => {
  test('is done once, and answered the second time as the first', async () => {
    const ada = server.as('ada').with({ 'idempotency-key': 'make-bern' })
    const first = await ada.post(path, { key: 'bern' })
    const after = await server.revision('acme')
    const second = await ada.post(path, { key: 'bern' })

    expect(first.status).toBe(201)
    expect(second.status).toBe(201)
    expect(second.text).toBe(first.text)
    expect(second.headers).toMatchObject({
      etag: first.headers.etag,
      'keyholder-revision': first.headers['keyholder-revision'],
    })
    expect(await server.revision('acme')).toBe(after)
  })

  test('is refused where the key stands for another request', async () => {
    const ada = server.as('ada').with({ 'idempotency-key': 'make-one' })
    await ada.post(path, { key: 'one' })
    const other = await ada.post(path, { key: 'two' })

    expect(other.status).toBe(422)
    expect(other.json()).toMatchObject({ code: 'idempotency_key_reused' })
  })

  test("is nobody else's", async () => {
    const one = await server
      .as('ada')
      .post(path, { key: 'mine' }, { headers: { 'idempotency-key': 'shared' } })
    const two = await server
      .as('sue')
      .post(path, { key: 'yours' }, { headers: { 'idempotency-key': 'shared' } })

    expect([one.status, two.status]).toEqual([201, 201])
  })

  test('that was refused can be sent again once it may be made', async () => {
    const headers = { 'idempotency-key': 'not-yet' }
    const refused = await server.as('ada').post(path, { key: 'rome' }, { headers })
    const read = await server.as('ada').get(`${path}/rome`)
    await server
      .as('ada')
      .patch(`${path}/rome`, { key: 'roma' }, { headers: { 'if-match': read.headers.etag ?? '' } })
    const done = await server.as('ada').post(path, { key: 'rome' }, { headers })

    expect([refused.status, done.status]).toEqual([409, 201])
  })

  test('is done once by many at the same time', async () => {
    const ada = server.as('ada').with({ 'idempotency-key': 'all-at-once' })
    const before = await server.revision('acme')
    const replies = await Promise.all(Array.from({ length: 8 }, () => ada.post(path, { key: 'at-once' })))

    expect(await server.revision('acme')).toBe(before + 1)
    expect(replies.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1)
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect(reply.json()).toMatchObject({ code: 'request_in_progress' })
    }
  })

  test.each(['', ' ', 'a b', 'é', 'x'.repeat(201)])('has a key that fits a header: %j', async (key) => {
    const reply = await server.as('ada').post(path, { key: 'odd' }, { headers: { 'idempotency-key': key } })

    expect(reply.status).toBe(400)
    expect(reply.json()).toMatchObject({ errors: [{ in: 'header', pointer: '/Idempotency-Key' }] })
  })
})

describe('a preview', () => {
  test('changes nothing and keeps no key', async () => {
    const before = await server.database.asOwner('select * from accounts order by id')
    const events = await server.events('acme')
    const headers = { 'idempotency-key': 'only-looking' }
    const reply = await server.as('ada').post(`${path}?preview=true`, { key: 'looking' }, { headers })

    expect(reply.status).toBe(200)
    expect(reply.json()).toMatchObject({
      preview: { revision: expect.stringMatching(/^acc_acme:\d+$/) as string },
    })
    expect(await server.database.asOwner('select * from accounts order by id')).toEqual(before)
    expect(await server.events('acme')).toEqual(events)
    expect((await server.as('ada').get(`${path}/looking`)).status).toBe(404)
    expect((await server.as('ada').post(path, { key: 'looked' }, { headers })).status).toBe(201)
  })

  test('can be applied as long as nothing has moved', async () => {
    const ask = () => server.as('ada').post(`${path}?preview=true`, { key: 'previewed' })
    const apply = (hash: string) =>
      server.as('ada').post(path, { key: 'previewed' }, { headers: { 'keyholder-preview': hash } })

    const outdated = (await ask()).json().preview.hash
    await server.as('ada').post(path, { key: 'in-between' })
    const refused = await apply(outdated)
    const done = await apply((await ask()).json().preview.hash)

    expect(refused.status).toBe(409)
    expect(refused.json()).toMatchObject({ code: 'preview_outdated' })
    expect(done.status).toBe(201)
  })

  test('is applied to what it was asked of, and to nothing else', async () => {
    const { hash } = (await server.as('ada').post(`${path}?preview=true`, { key: 'this' })).json().preview
    const reply = await server
      .as('ada')
      .post(path, { key: 'that' }, { headers: { 'keyholder-preview': hash } })

    expect(reply.json()).toMatchObject({ code: 'preview_outdated' })
  })

  test('is refused to whoever may not make the change', async () => {
    expect((await server.as('viv').post(`${path}?preview=true`, { key: 'x' })).status).toBe(403)
  })
})

describe('changes made at the same time', () => {
  test('are made one after the other, each under its own revision and with its own event', async () => {
    const before = await server.revision('acme')
    const events = (await server.events('acme')).length
    const keys = Array.from({ length: 12 }, (_, i) => `race-${i}`)
    const replies = await Promise.all(keys.map((key) => server.as('ada').post(path, { key })))

    const revisions = replies.map(({ headers }) => Number(headers['keyholder-revision']?.split(':')[1]))
    expect(revisions.toSorted((a, b) => a - b)).toEqual(keys.map((_, i) => before + 1 + i))
    expect((await server.events('acme')).length).toBe(events + 12)
  })

  test('of the same thing: the second is told that the first came before', async () => {
    const read = await server.as('ada').get(`${path}/oslo`)
    const headers = { 'if-match': read.headers.etag ?? '' }
    const replies = await Promise.all(
      ['One', 'Two', 'Three'].map((name) => server.as('ada').patch(`${path}/oslo`, { name }, { headers })),
    )

    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412])
  })
})

test('a change is seen by the next question', async () => {
  const rita = server.as('rita')
  expect((await rita.get('/api/v1/accounts/acme/organizations')).json()).toMatchObject({ total: 1 })
  const read = await server.as('ada').get(`${path}/org_acme_rome`)
  await server.as('ada').delete(`${path}/org_acme_rome`, { headers: { 'if-match': read.headers.etag ?? '' } })

  expect((await rita.get(path)).status).toBe(403)
})

test('an event is written with the change or neither is', async () => {
  const before = await server.revision('acme')
  await server.database.asOwner('alter table events add constraint refused check (seq < 0) not valid')
  try {
    const reply = await server.as('ada').post(path, { key: 'unlogged' })

    expect(reply.status).toBe(500)
    expect(await server.revision('acme')).toBe(before)
    expect(await server.database.asOwner("select * from organizations where key = 'unlogged'")).toEqual([])
  } finally {
    await server.database.asOwner('alter table events drop constraint refused')
  }
})

test('a key of the account is named in the log with who made it', async () => {
  const { client, id } = await server.withKey({
    account: 'acc_acme' as AccountId,
    scopes: ['organization.view', 'organization.create'],
  })
  await client.post(path, { key: 'by-key' })

  expect((await server.events('acme')).at(-1)).toMatchObject({ actor: { kind: 'key', key: id } })
})
