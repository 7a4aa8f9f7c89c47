import { describe, expect, test } from 'vitest'
import { startTestServer, type TestReply } from '@keyholder/testkit/server'

const server = await startTestServer()
const real = '/api/v1/accounts/globex/organizations'
const madeUp = '/api/v1/accounts/no-such-account/organizations'

/** What a stranger can tell answers apart by. */
function seen({ status, text, headers }: TestReply) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers
  return { status, text, headers: rest }
}

describe('somebody without any access to an account', () => {
  test.each([
    ['lists', (path: string) => server.as('ada').get(path)],
    ['reads', (path: string) => server.as('ada').get(`${path}/rome`)],
    ['reads by id', (path: string) => server.as('ada').get(`${path}/org_globex_rome`)],
    ['creates', (path: string) => server.as('ada').post(path, { key: 'bern' })],
    ['creates badly', (path: string) => server.as('ada').post(path, { nonsense: true })],
    ['changes', (path: string) => server.as('ada').patch(`${path}/rome`, { name: 'Mine' })],
    [
      'deletes',
      (path: string) => server.as('ada').delete(`${path}/rome`, { headers: { 'if-match': '"2"' } }),
    ],
    ['previews', (path: string) => server.as('ada').delete(`${path}/rome?preview=true`)],
  ])('is answered as if it did not exist, byte for byte, when it %s', async (_, ask) => {
    const before = await server.revision('globex')
    const found = seen(await ask(real))

    expect(found).toEqual(seen(await ask(madeUp)))
    expect(found.status).toBe(404)
    expect(await server.revision('globex')).toBe(before)
    expect(await server.events('globex')).toEqual([])
  })

  test('is told of in their own log, alike for both', async () => {
    const before = (await server.events('acme')).length
    await server.as('ada').get(real)
    await server.as('ada').get(madeUp)
    const [first, second, ...more] = (await server.events('acme')).slice(before)

    expect(more).toEqual([])
    expect(first).toMatchObject({ action: 'organization.list', outcome: 'refused', reason: 'not_found' })
    expect({ ...second, id: first?.id, at: first?.at, request: first?.request }).toEqual(first)
  })

  test.each(['sven', 'otto'])('is whoever is suspended, and not whoever is let in: %s', async (user) => {
    const reply = await server.as(user).get('/api/v1/accounts/acme/organizations')

    expect(reply.status).toBe(user === 'sven' ? 404 : 200)
  })
})

describe('an organization that a member has nothing in', () => {
  test('is not there for them, and another permission there is refused by its name', async () => {
    const path = '/api/v1/accounts/acme/organizations'

    expect(seen(await server.as('rita').get(`${path}/oslo`))).toEqual(
      seen(await server.as('rita').get(`${path}/no-such-organization`)),
    )
    expect(seen(await server.as('rita').get(`${path}/org_acme_oslo`)).status).toBe(404)
    expect((await server.as('mallory').get(`${path}/oslo`)).status).toBe(200)
    expect((await server.as('mallory').patch(`${path}/oslo`, {})).json()).toMatchObject({
      code: 'not_permitted',
      permission: 'organization.update',
    })
  })
})

describe('a cursor', () => {
  const list = '/api/v1/accounts/acme/organizations'
  const first = async () =>
    (await server.as('ada').get(list, { query: { limit: '1' } })).json<{ next_cursor: string }>().next_cursor

  test.each([
    ['another account', async () => server.as('mallory').get(real, { query: { cursor: await first() } })],
    [
      'another order',
      async () => server.as('ada').get(list, { query: { cursor: await first(), sort: 'key' } }),
    ],
    ['another filter', async () => server.as('ada').get(list, { query: { cursor: await first(), q: 'r' } })],
    ['nobody', async () => server.as('ada').get(list, { query: { cursor: 'W251bGwsIiJd.AAAA' } })],
    [
      'a forger',
      async () => {
        const [, seal] = (await first()).split('.')
        const payload = Buffer.from(JSON.stringify(['zzz', 'org_acme_rome'])).toString('base64url')
        return server.as('ada').get(list, { query: { cursor: `${payload}.${seal}` } })
      },
    ],
    ['a tinkerer', async () => server.as('ada').get(list, { query: { cursor: `${await first()}.x` } })],
  ])('of %s is refused', async (_, ask) => {
    const reply = await ask()

    expect(reply.status).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'cursor_invalid' })
  })

  test('works with another page size', async () => {
    const reply = await server.as('ada').get(list, { query: { cursor: await first(), limit: '50' } })

    expect(reply.json()).toMatchObject({ items: [{ key: 'rome' }], next_cursor: null })
  })
})
