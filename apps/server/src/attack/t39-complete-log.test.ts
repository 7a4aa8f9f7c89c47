import { describe, expect, test } from 'vitest'
import type { EventContent } from '@keyholder/core'
import {
  attackCases,
  currentVersion,
  operations,
  send,
  startAttackServer,
  validRequests,
  type Operation,
  type ValidRequest,
} from '@keyholder/testkit/attack'

/*
 * T39: nothing is changed without an event, no event is written without its change, and nobody changes an event.
 * Every endpoint of the API that changes anything is tried.
 */

const changing = operations.filter(({ id, method }) => method !== 'GET' && attackCases[id]?.reads !== true)
const slugOf = (operation: Operation) => `a${operations.indexOf(operation)}`
const logged: string[] = []
const server = await startAttackServer(operations.map(slugOf), { onLog: (line) => logged.push(line) })

async function ask(operation: Operation, { as, request }: ValidRequest) {
  const client = server.sender(server.arena(slugOf(operation)), as)
  return send(client, operation, request, await currentVersion(client, operation, request))
}

/** Every event there is, once, in whichever logs it stands. */
async function eventIds(): Promise<ReadonlySet<string>> {
  return new Set((await server.database.asOwner<{ id: string }>('select id from events')).map(({ id }) => id))
}

/** Does something, and tells what the logs have more for it. */
async function eventsOf<Done>(work: () => Promise<Done>) {
  const before = await eventIds()
  const done = await work()
  const rows = await server.database.asOwner<{ id: string; content: string }>(
    'select id, content from events',
  )
  const fresh = new Map(rows.filter(({ id }) => !before.has(id)).map(({ id, content }) => [id, content]))
  return { done, events: [...fresh.values()].map((content) => JSON.parse(content) as EventContent) }
}

describe('while no event can be written', () => {
  test.each(changing.map((operation) => [operation.id, operation] as const))(
    'nothing is changed by %s',
    async (_, operation) => {
      const { account } = server.arena(slugOf(operation))
      const before = await server.checksums.butTheLastUses(account)
      await server.database.asOwner('alter table events add constraint refused check (seq < 0) not valid')
      try {
        for (const one of validRequests(operation, server.arena(slugOf(operation)))) {
          const reply = await ask(operation, one)
          expect(reply.status, `${operation.id} was answered ${reply.text}`).toBe(500)
        }
      } finally {
        await server.database.asOwner('alter table events drop constraint refused')
      }
      expect(await server.checksums.butTheLastUses(account)).toEqual(before)
    },
  )
})

describe('an attempt that is refused for want of rights', () => {
  const guarded = operations.filter(({ access }) => access === 'permission' || access === 'deployment')

  test.each(guarded.map((operation) => [operation.id, operation] as const))(
    'has one event: %s',
    async (_, operation) => {
      const arena = server.arena(slugOf(operation))
      const [valid] = validRequests(operation, arena)
      if (!valid) throw new Error(`${operation.id} has no request`)
      const nobody = server.operator.with({ 'keyholder-act-as': `usr_${arena.slug}-nora` })
      const before = await server.checksums.butTheLog(arena.account)
      const { done, events } = await eventsOf(() =>
        send(nobody, operation, valid.request, { 'if-match': '"1"' }),
      )

      expect([403, 404]).toContain(done.status)
      expect(events).toMatchObject([
        { action: operation.id, outcome: 'refused', actor: { user: `usr_${arena.slug}-nora` } },
      ])
      expect(await server.checksums.butTheLog(arena.account)).toEqual(before)
    },
  )
})

describe('a change that is acknowledged', () => {
  test.each(changing.map((operation) => [operation.id, operation] as const))(
    'has one event: %s',
    async (_, operation) => {
      const arena = server.arena(slugOf(operation))
      for (const one of validRequests(operation, arena)) {
        const { done, events } = await eventsOf(() => ask(operation, one))
        const told = `${operation.id} was answered ${done.status} ${done.text}`

        expect(done.status, `${told}`).toBeLessThan(300)
        const outcomes = events.map(({ outcome }) => outcome)
        expect(outcomes, `${told}`).toEqual(Array.from({ length: one.events }, () => 'done'))
      }
    },
  )

  test('is told of without any secret, in the log of the account and in that of the server', async () => {
    const rows = await server.database.asOwner<{ content: string }>('select content from events')
    const told = [...logged, ...rows.map(({ content }) => content)].join('\n')
    const hashes = await server.database.asOwner<{ hash: string }>(
      'select secret_hash as hash from api_keys union select token_hash from invitations',
    )

    expect(told).not.toMatch(/kh[a-z]?_[\w-]{20,}/)
    expect(hashes.filter(({ hash }) => told.includes(hash))).toEqual([])
    expect(logged.length).toBeGreaterThan(10)
  })
})

describe('the log', () => {
  test('is changed by no endpoint', () => {
    const about = operations.filter(({ path }) => /\/events/.test(path))

    expect(about.map(({ method, id }) => [method, id]).filter(([method]) => method !== 'GET')).toEqual([
      ['POST', 'event.verify'],
    ])
  })

  test.each([
    "update events set content = '{}'",
    'update events set seq = seq + 1000',
    'delete from events',
    'truncate events',
    'alter table events disable row level security',
    'drop table events',
  ])('is not the application’s to change: %s', async (statement) => {
    const asTheApplication = server.database.asOwner(`do $$ begin
      perform set_config('role', 'keyholder_app', true);
      perform set_config('keyholder.accounts', '*', true);
      execute $statement$${statement}$statement$;
    end $$`)

    await expect(asTheApplication).rejects.toThrow(/permission denied|must be owner/)
  })

  test('is exported as the table holds it', async () => {
    const arena = server.arena(slugOf(changing[0] as Operation))
    const reply = await server.sender(arena, 'superuser').get(`/api/v1/accounts/${arena.slug}/events-export`)
    const rows = await server.database.asOwner<{ id: string; hash: string; link: string; sequence: number }>(
      'select id, hash, link, seq::int as sequence from events where account_id = $1 order by seq',
      [arena.account],
    )

    expect(rows.length).toBeGreaterThan(1)
    expect(reply.json<object[]>()).toMatchObject(rows)
    expect(reply.json<object[]>()).toHaveLength(rows.length)
  })

  test('of every account is whole after all of this', async () => {
    for (const operation of changing) {
      const { slug, account } = server.arena(slugOf(operation))
      const reply = await server.operator.post(`/api/v1/accounts/${account}/events/verify`)
      expect(reply.json(), `${slug}`).toMatchObject({ intact: true })
    }
  })
})
