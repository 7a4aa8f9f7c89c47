import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { allows, type AccessChange, type GrantId, type RoleId } from '@keyholder/core'
import { transaction, writeChanges } from '@keyholder/storage'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import { startTestNode, startTestServer, type TestNode, type TestServer } from '@keyholder/testkit/server'
import { worldIds } from '@keyholder/world'
import { databaseSource, readerIn } from './database-source.ts'
import { Replica } from './replica.ts'
import { usualLimits } from './usual-limits.ts'

const acme = worldIds.account('acme')
const nora = worldIds.user('nora')
const noras = 'grt_noras' as GrantId
const give: AccessChange = {
  kind: 'grant_set',
  grant: { id: noras, subject: { kind: 'user', id: nora }, role: 'viewer' as RoleId },
}
const take: AccessChange = { kind: 'grant_removed', id: noras }

let server: TestServer
let time: { now: number; ahead: number; monotonic(): number; wall(): number }

beforeAll(async () => {
  server = await startTestServer()
})

beforeEach(() => {
  time = {
    now: 1_000_000,
    ahead: 0,
    monotonic: () => time.now,
    wall: () => time.now + time.ahead,
  }
})

afterEach(async () => {
  await changeElsewhere(take)
})

/** It hears nothing by itself, so that each test says what is heard, and when. */
function node(limits = {}): TestNode {
  return startTestNode(server, { isDeaf: true, limits, time })
}

/** Another node's change, of which this one hears nothing. */
function changeElsewhere(...changes: AccessChange[]): Promise<number> {
  const { db, world } = server
  return transaction(db, [acme], (tx) => writeChanges(tx, world.blueprint, acme, changes))
}

/** What the node answers right now from memory: nothing where it may not. */
function noraMayView({ replica }: TestNode): boolean | undefined {
  const view = replica.view()
  if (!view.entry(acme)) return undefined
  return allows(view, { user: nora, permission: 'asset.view', account: acme, at: view.at })
}

/** What the node answers once it has done what it must. */
async function ask(asked: TestNode, atLeast = 0): Promise<boolean | string> {
  const ready = await asked.replica.ready(acme, atLeast)
  return ready.ok ? (noraMayView(asked) ?? 'not ready') : ready.refusal.code
}

describe('an account in memory', () => {
  test('is there after the first question, and not before', async () => {
    const one = node()
    expect(noraMayView(one)).toBeUndefined()
    expect(await ask(one)).toBe(false)
    expect(noraMayView(one)).toBe(false)
  })

  test('is loaded once, however many wait for it', async () => {
    const source = databaseSource(server.db, server.world.blueprint)
    let loads = 0
    const replica = new Replica({
      blueprint: server.world.blueprint,
      source: { ...source, load: (id) => (loads++, source.load(id)) },
      time,
      limits: { ...usualLimits, answerWithin: 60_000, loadWithin: 60_000 },
      warn: () => {},
    })
    const readied = await Promise.all(Array.from({ length: 20 }, () => replica.ready(acme)))
    expect(readied.every(({ ok }) => ok)).toBe(true)
    expect(loads).toBe(1)
  })

  test('that does not exist is unknown, and leaves nothing behind', async () => {
    const one = node()
    const ready = await one.replica.ready(worldIds.account('nobody'))
    expect(ready).toMatchObject({ ok: false, refusal: { code: 'account_unknown' } })
  })

  test('goes when others need the room, and comes back', async () => {
    const one = node({ bytes: 1 })
    await ask(one)
    time.now += 1
    await one.replica.ready(worldIds.account('globex'))
    expect(noraMayView(one)).toBeUndefined()
    expect(await ask(one)).toBe(false)
  })
})

describe('a change', () => {
  test('that this node acknowledged is seen by the next question', async () => {
    const one = node()
    await ask(one)
    await one.change(acme, [give])
    expect(noraMayView(one)).toBe(true)
    await one.change(acme, [take])
    expect(noraMayView(one)).toBe(false)
  })

  test('that was heard of keeps older answers back until it is followed', async () => {
    const one = node()
    await ask(one)
    const revision = await changeElsewhere(give)
    expect(noraMayView(one)).toBe(false)

    one.replica.heard(acme, revision)
    expect(noraMayView(one)).toBeUndefined()
    expect(await ask(one)).toBe(true)
  })

  test('that is heard of late, or twice, takes nothing back', async () => {
    const one = node()
    await ask(one)
    const first = await changeElsewhere(give)
    const second = await changeElsewhere(take)
    one.replica.heard(acme, second)
    expect(await ask(one)).toBe(false)
    one.replica.heard(acme, first)
    one.replica.heard(acme, second)
    expect(noraMayView(one)).toBe(false)
  })

  test('that was committed after another, and is acknowledged before it, waits for the other', async () => {
    const one = node()
    await ask(one)
    const first = await changeElsewhere(give)
    const second = await changeElsewhere(take)
    one.replica.committed(acme, second, [take])
    expect(noraMayView(one)).toBeUndefined()
    one.replica.committed(acme, first, [give])
    expect(await ask(one)).toBe(false)
  })

  test('whose place in the journal is gone has the account loaded anew', async () => {
    const one = node()
    await ask(one)
    const first = await changeElsewhere(take)
    const second = await changeElsewhere(give)
    await server.database.asOwner('delete from changes where revision <= $1', [first])
    one.replica.heard(acme, second)
    expect(await ask(one)).toBe(true)
  })

  test('that nobody told of is seen when the database is asked', async () => {
    const one = node()
    await ask(one)
    await changeElsewhere(give)
    await one.replica.confirm()
    expect(noraMayView(one)).toBe(true)
  })
})

describe('a question with a revision', () => {
  test('is answered from that revision or a later one, though nothing was heard of it', async () => {
    const one = node()
    await ask(one)
    const revision = await changeElsewhere(give)
    expect(await ask(one, revision)).toBe(true)
  })

  test('that does not exist is refused', async () => {
    const one = node()
    await ask(one)
    expect(await ask(one, 1_000_000)).toBe('revision_unreached')
    expect(await ask(one)).toBe(false)
  })
})

describe('a node that has not heard from the database', () => {
  test('answers for five seconds, and then asks first', async () => {
    const one = node()
    await ask(one)
    await changeElsewhere(give)
    time.now += 4_999
    expect(noraMayView(one)).toBe(false)
    time.now += 1
    expect(noraMayView(one)).toBeUndefined()
    expect(await ask(one)).toBe(true)
  })

  test('asks first when the machine has slept, which one clock shows and the other does not', async () => {
    const one = node()
    await ask(one)
    time.ahead += 30_000
    expect(noraMayView(one)).toBeUndefined()
    expect(await ask(one)).toBe(false)
  })

  test.each(['cut', 'stalled'] as const)('answers nothing where the line is %s', async (weather) => {
    const line = await DatabaseProxy.open(server.database.url)
    const one = startTestNode(server, { url: line.url, isDeaf: true, time })
    await expect.poll(() => ask(one)).toBe(false)
    line.set(weather)
    time.now += 5_000
    expect(await ask(one)).toBe('unavailable')
    await changeElsewhere(give)
    line.set('open')
    await expect.poll(() => ask(one)).toBe(true)
    await changeElsewhere(take)
    line.set('cut')
    await one.stop()
    await line.close()
  })

  test('forgets what it knew where the database lost what it had acknowledged', async () => {
    const one = node()
    await ask(one)
    await one.change(acme, [give])
    expect(noraMayView(one)).toBe(true)

    await server.database.asOwner('delete from grants where id = $1', [noras])
    await server.database.asOwner('update accounts set revision = revision - 1 where id = $1', [acme])
    await server.database.asOwner(
      'delete from changes where account_id = $1 and revision > (select revision from accounts where id = $1)',
      [acme],
    )
    await one.replica.confirm()
    expect(await ask(one)).toBe(false)
  })
})

describe('the index that a change is decided on', () => {
  test('is that of the revision at which the account is held', async () => {
    const one = node()
    await ask(one)
    const revision = await changeElsewhere(give)
    const index = await transaction(one.db, [acme], (tx) =>
      one.replica.indexAt(readerIn(tx, server.world.blueprint), acme, revision),
    )
    expect(index?.revision).toBe(revision)
    expect(index?.grant(noras)).toBeDefined()
  })

  test('of an account that came to nothing is not answered from', async () => {
    const one = node()
    const id = worldIds.account('stillborn')
    const rolledBack = transaction(one.db, 'deployment', async (tx) => {
      await tx.insertInto('accounts').values({ id, slug: 'stillborn', name: 'Stillborn' }).execute()
      await one.replica.indexAt(readerIn(tx, server.world.blueprint), id, 0)
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    expect(one.replica.view().entry(id)).toBeUndefined()
    expect(await one.replica.ready(id)).toMatchObject({ ok: false, refusal: { code: 'account_unknown' } })
  })
})
