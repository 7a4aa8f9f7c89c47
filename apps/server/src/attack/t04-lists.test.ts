import { describe, expect, test } from 'vitest'
import {
  operations,
  send,
  startAttackServer,
  validRequests,
  victim,
  type Operation,
} from '@keyholder/testkit/attack'

/*
 * T04: lists, cursors, counts and searches of an account of a few people, beside one of three thousand. Filters by
 * names of the other account are tried by T01.
 */

const server = await startAttackServer(['alpha'])
const own = server.arena('alpha')
await server.database.asOwner(
  `with made as (
     insert into users (id, home_account_id, email, name, sort_name, search_text)
     select 'usr_bravo-' || n, $1, n || '@bravo.example', 'Crowd ' || n, 'crowd ' || n, 'crowd ' || n
       from generate_series(1, 3000) n returning id)
   insert into memberships (account_id, user_id, home_account_id) select $1, id, $1 from made`,
  [server.victim.account],
)

const lists = operations.filter(({ isList, path }) => isList && path.includes('{account}'))

const named = (some: typeof lists) => some.map((operation) => [operation.id, operation] as const)

async function page(operation: Operation, slug: string, query: Readonly<Record<string, string>>) {
  const arena = server.arena(slug)
  const [valid] = validRequests(operation, arena)
  if (!valid) throw new Error(`${operation.id} has no request`)
  const reply = await send(server.sender(arena, 'superuser'), operation, { ...valid.request, query })
  return {
    status: reply.status,
    text: reply.text,
    body: reply.json<{ total: number; next_cursor: string | null }>(),
  }
}

describe.each(named(lists))('the list of %s', (_, operation) => {
  test('is not carried into another account by a cursor', async () => {
    const theirs = await page(operation, victim, { limit: '1' })
    const ours = await page(operation, 'alpha', { limit: '1' })
    expect(theirs.body.next_cursor, `${operation.id} needs two items in each account`).toBeTypeOf('string')

    const reply = await page(operation, 'alpha', { limit: '1', cursor: theirs.body.next_cursor ?? '' })
    const control = await page(operation, 'alpha', { limit: '1', cursor: ours.body.next_cursor ?? '' })
    expect([reply.status, reply.body]).toMatchObject([400, { code: 'cursor_invalid' }])
    expect(control.status).toBe(200)
  })

  test('counts and shows nothing of another account', async () => {
    const { text, body } = await page(operation, 'alpha', { limit: '100' })

    expect(text).not.toContain(victim)
    expect(body.total).toBeLessThan(30)
  })
})

describe.each(named(lists.filter(({ parameters }) => parameters.some(({ name }) => name === 'q'))))(
  'a search in the list of %s',
  (_, operation) => {
    test.each([victim, 'crowd', 'bravo.example', '%', '_', ''])(
      'finds nothing of another account: %j',
      async (q) => {
        const { text, body } = await page(operation, 'alpha', { limit: '100', q })

        expect(text).not.toContain(victim)
        expect(body.total).toBeLessThan(30)
      },
    )
  },
)

describe('a search of AuthZEN with the account’s own key', () => {
  const key = server.sender(own, 'key')
  const names = { ours: own.names, theirs: server.victim.names }
  const question = (names: typeof own.names, account: string) => ({
    subject: { type: 'user', id: names.user[0] },
    action: { name: 'view' },
    resource: { type: 'asset', id: '7', properties: { account } },
  })

  test.each(['subject', 'resource', 'action'])('finds nothing of another account: %s', async (what) => {
    const theirs = await key.post(`/access/v1/search/${what}`, question(names.theirs, victim))
    const mixed = await key.post(`/access/v1/search/${what}`, question(names.theirs, 'alpha'))
    const ours = await key.post(`/access/v1/search/${what}`, question(names.ours, 'alpha'))

    expect(theirs.json().results).toEqual([])
    expect(JSON.stringify([theirs.json().results, mixed.json().results])).not.toContain(victim)
    expect(ours.json().results).not.toEqual([])
  })
})

test('every list of an account is tried', () => {
  expect(lists.length).toBeGreaterThan(8)
})
