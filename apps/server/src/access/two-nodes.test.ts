import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccessChange, GrantId, RoleId } from '@keyholder/core'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import {
  startTestNode,
  startTestServer,
  type TestNode,
  type TestReply,
  type TestServer,
} from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'

/* Two nodes on one database: what one has acknowledged, and what the other answers then. */

const acme = worldIds.account('acme')
const nora = worldIds.user('nora')
const noras = 'grt_noras' as GrantId
const give: AccessChange[] = [
  { kind: 'grant_set', grant: { id: noras, subject: { kind: 'user', id: nora }, role: 'viewer' as RoleId } },
]
const take: AccessChange[] = [{ kind: 'grant_removed', id: noras }]

/** Milliseconds within which the product promises that every node has seen a change, whatever becomes of its notifications. */
const promised = 5_000

let server: TestServer
let first: TestNode
beforeAll(async () => {
  server = await startTestServer()
  first = startTestNode(server)
})

function question(context: object = {}) {
  return {
    subject: { type: 'user', id: nora },
    action: { name: 'view' },
    resource: { type: 'asset', id: '7', properties: { organization: 'acme/rome' } },
    context,
  }
}

const ask = (node: TestNode, context?: object): Promise<TestReply> =>
  node.operator.post('/access/v1/evaluation', question(context))

const decision = async (node: TestNode, context?: object): Promise<unknown> => {
  const reply = await ask(node, context)
  return reply.status === 200 ? reply.json().decision : reply.status
}

async function lineTo(url: string): Promise<DatabaseProxy> {
  const line = await DatabaseProxy.open(url)
  afterAll(() => line.close())
  return line
}

describe('a change that one node acknowledged', () => {
  test('is seen by the next question to that node, and then by the other', async () => {
    const second = startTestNode(server)
    expect(await decision(second)).toBe(false)
    await first.change(acme, give)
    expect(await decision(first)).toBe(true)
    await expect.poll(() => decision(second)).toBe(true)
    await first.change(acme, take)
    expect(await decision(first)).toBe(false)
    await expect.poll(() => decision(second)).toBe(false)
  })

  test('is seen by the other node at once where the question carries its revision', async () => {
    const second = startTestNode(server, { isDeaf: true, time: { monotonic: () => 0, wall: () => 0 } })
    expect(await decision(second)).toBe(false)

    const given = await first.change(acme, give)
    expect(await decision(second)).toBe(false)
    expect(await decision(second, { at_least: given })).toBe(true)

    const taken = await first.change(acme, take)
    expect(await decision(second, { at_least: [given, taken] })).toBe(false)
    expect(await decision(second, { at_least: Number(taken.split(':')[1]) })).toBe(false)
    expect(await decision(second, { at_least: `${given}, ${taken}` })).toBe(false)
  })

  test('at the home of somebody connected is seen where they work', async () => {
    const second = startTestNode(server)
    const nightowl = worldIds.account('nightowl')
    const otto = worldIds.user('otto')
    const body = { ...question(), subject: { type: 'user', id: otto } }
    const asked = async (context: object) =>
      (await second.operator.post('/access/v1/evaluation', { ...body, context })).json().decision as boolean
    expect(await asked({})).toBe(true)

    const member = { user: otto, kind: 'home', home: nightowl } as const
    const away = await first.change(nightowl, [
      { kind: 'member_set', member: { ...member, status: 'suspended' } },
    ])
    expect(await asked({ at_least: away })).toBe(false)
    const back = await first.change(nightowl, [
      { kind: 'member_set', member: { ...member, status: 'active' } },
    ])
    expect(await asked({ at_least: back })).toBe(true)
  })
})

describe('a node whose notifications are lost', () => {
  test('sees a change within the promised time', async () => {
    const time = { now: 0, monotonic: () => time.now, wall: () => time.now }
    const second = startTestNode(server, { isDeaf: true, time })
    expect(await decision(second)).toBe(false)

    await first.change(acme, give)
    time.now += promised
    expect(await decision(second)).toBe(true)
    await first.change(acme, take)
    time.now += promised
    expect(await decision(second)).toBe(false)
  })

  test.each(['cut', 'muted'] as const)('asks for changes by itself: %s', async (weather) => {
    const line = await lineTo(server.database.url)
    const second = startTestNode(server, { listenUrl: line.url })
    expect(await decision(second)).toBe(false)
    line.set(weather)
    await server.database.asOwner(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'keyholder listener' and $1 = 'cut'`,
      [weather],
    )

    await first.change(acme, give)
    await expect.poll(() => decision(second)).toBe(true)
    await first.change(acme, take)
    await expect.poll(() => decision(second)).toBe(false)
  })
})

describe('a node whose database is away', () => {
  test.each(['cut', 'stalled'] as const)(
    'answers 503 when it has heard nothing for five seconds, and comes back by itself: %s',
    async (weather) => {
      const line = await lineTo(server.database.url)
      const time = { now: 0, monotonic: () => time.now, wall: () => time.now }
      const second = startTestNode(server, { url: line.url, listenUrl: server.database.url, time })
      await first.change(acme, give)
      await expect.poll(() => decision(second)).toBe(true)

      line.set(weather)
      await first.change(acme, take)
      time.now += promised
      const reply = await ask(second)
      expect(reply.status).toBe(503)
      expect(reply.headers['retry-after']).toBe('1')
      expect(reply.json()).toMatchObject({ code: 'unavailable' })
      expect(reply.text).not.toContain('decision')

      line.set('open')
      await expect.poll(() => decision(second)).toBe(false)
    },
  )

  test('answers nothing about an account that it never had in memory', async () => {
    const line = await lineTo(server.database.url)
    const second = startTestNode(server, { url: line.url, listenUrl: server.database.url })
    await expect.poll(() => decision(second)).toBe(false)
    line.set('cut')
    const reply = await second.operator.post('/access/v1/evaluation', {
      subject: { type: 'user', id: 'gus' },
      action: { name: 'view' },
      resource: { type: 'asset', id: '7', properties: { organization: 'globex/lima' } },
    })
    expect(reply.status).toBe(503)
    const batch = await second.operator.post('/access/v1/evaluations', {
      ...question(),
      evaluations: [{}, { resource: { type: 'account', id: 'globex' } }],
    })
    expect(batch.status).toBe(503)
  })
})
