import type { AccountId, EventContent, EventId, KeyId, OrganizationId, UserId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { lockAccounts } from '../access/lock-accounts.ts'
import { transaction } from '../database/transaction.ts'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { appendEvents } from './append-events.ts'
import { countEvents, findEvent, listEvents } from './list-events.ts'
import { streamEvents } from './stream-events.ts'
import { verifyEvents } from './verify-events.ts'

const noon = Date.UTC(2026, 10, 21, 12)

function event(number: number, change: Partial<EventContent> = {}): EventContent {
  return {
    id: `evt_${String(number).padStart(4, '0')}` as EventId,
    at: noon + number,
    action: 'grant.create',
    outcome: 'done',
    actor: { kind: 'person', user: 'usr_acme' as UserId },
    accounts: [acme],
    ...change,
  }
}

describe('the activity log', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 8 })
  await makeTwoAccounts(database)
  beforeEach(async () => {
    await database.asOwner(`truncate events`)
    await database.asOwner(`update accounts set event_seq = 0, event_link = ''`)
  })

  const append = (...events: EventContent[]) =>
    transaction(db, [acme, globex], (tx) => appendEvents(tx, events))
  const verify = (account: AccountId) =>
    transaction(db, [account], (tx) => verifyEvents(tx, account), { readOnly: true, snapshot: true })
  const found = async (filter: Parameters<typeof listEvents>[2]) => {
    const page = await transaction(db, [acme], (tx) =>
      listEvents(tx, acme, filter, { limit: 100, sort: 'at' }),
    )
    return page.rows.map(({ content }) => content.id)
  }

  test('keeps an event of two accounts under one hash, in each account’s own chain', async () => {
    await append(event(1))
    await append(event(2, { accounts: [acme, globex] }))

    const read = (account: AccountId) =>
      transaction(db, [account], (tx) => findEvent(tx, account, event(2).id))
    const [here, there] = [await read(acme), await read(globex)]
    expect(here).toMatchObject({ sequence: 2, content: event(2, { accounts: [acme, globex] }) })
    expect(there).toMatchObject({ sequence: 1, hash: here?.hash })
    expect(there?.link).not.toBe(here?.link)
    expect(await verify(acme)).toMatchObject({ ok: true, value: { sequence: 2 } })
    expect(await verify(globex)).toMatchObject({ ok: true, value: { sequence: 1 } })
  })

  test('keeps any text as it is', async () => {
    const naughty = 'NUL \u0000, lone \ud800, tab \t, "quotes", \\, e\u0301, 💥, =1+1'
    await append(event(1, { reason: naughty, after: { [naughty]: [1e21, -0, null] } }))

    const kept = await transaction(db, [acme], (tx) => findEvent(tx, acme, event(1).id))
    expect(kept?.content.reason).toBe(naughty)
    expect(await verify(acme)).toMatchObject({ ok: true })
  })

  test('takes an attempt on a target of any length', async () => {
    const endless = 'x'.repeat(100_000)
    const refused = event(1, { outcome: 'refused', target: { type: endless, id: endless }, action: endless })
    await append(refused)

    expect(await found({ target: endless.slice(0, 200) })).toEqual([refused.id])
    expect(await verify(acme)).toMatchObject({ ok: true })
  })

  test('is one unbroken chain when many write at once', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        append(event(i, { accounts: i % 3 === 0 ? [globex, acme] : i % 3 === 1 ? [acme, globex] : [acme] })),
      ),
    )

    expect(await verify(acme)).toMatchObject({ ok: true, value: { sequence: 60 } })
    expect(await verify(globex)).toMatchObject({ ok: true, value: { sequence: 40 } })
  })

  test('has nothing of a change that was rolled back', async () => {
    const failing = transaction(db, [acme], async (tx) => {
      await appendEvents(tx, [event(1)])
      throw new Error('no')
    })

    await expect(failing).rejects.toThrow('no')
    await append(event(2))
    expect(await found({})).toEqual([event(2).id])
    expect(await verify(acme)).toMatchObject({ ok: true, value: { sequence: 1 } })
  })

  describe('is found by', () => {
    const key = 'key_acme' as KeyId
    const rome = 'org_acme' as OrganizationId
    beforeEach(() =>
      append(
        event(1),
        event(2, { action: 'grant.delete', target: { type: 'grant', id: 'grt_1' }, organization: rome }),
        event(3, { outcome: 'refused', actor: { kind: 'key', key } }),
        event(4, { accounts: [globex, acme], target: { type: 'connection', id: 'con_1' } }),
        event(5, { actor: { kind: 'person', user: 'usr_globex' as UserId, connection: 'con_1' as never } }),
        event(6, { actor: { kind: 'system' } }),
      ),
    )

    test.each<[string, Parameters<typeof listEvents>[2], number[]]>([
      ['everything', {}, [1, 2, 3, 4, 5, 6]],
      ['its action', { actions: ['grant.delete'] }, [2]],
      ['one of several actions', { actions: ['grant.delete', 'grant.create'] }, [1, 2, 3, 4, 5, 6]],
      ['its outcome', { outcome: 'refused' }, [3]],
      ['the person who did it', { actor: 'usr_acme' }, [1, 2, 4]],
      ['the key that did it', { actor: key }, [3]],
      ['Keyholder itself', { actor: 'system' }, [6]],
      ['its organization', { organization: rome }, [2]],
      ['the organizations one may read', { among: [rome] }, [2]],
      ['what was done to', { target: 'grt_1' }, [2]],
      ['the kind of what was done to', { targetType: 'connection' }, [4]],
      ['its connection, used or changed', { connection: 'con_1' as never }, [4, 5]],
      ['the other account', { account: globex }, [4]],
      ['the time from which on', { from: noon + 5 }, [5, 6]],
      ['the time before which', { until: noon + 3 }, [1, 2]],
      ['several of these', { actor: 'usr_acme', from: noon + 2, until: noon + 4 }, [2]],
    ])('%s', async (_, filter, expected) => {
      const ids = expected.map((number) => event(number).id)

      expect(await found(filter)).toEqual(ids)
      expect(await transaction(db, [acme], (tx) => countEvents(tx, acme, filter))).toBe(ids.length)
      const streamed: string[] = []
      for await (const { content } of streamEvents(db, acme, filter)) streamed.push(content.id)
      expect(streamed).toEqual(ids)
    })

    test('the page before, the newest first', async () => {
      const page = (after?: { value: string | null; id: string }) =>
        transaction(db, [acme], (tx) => listEvents(tx, acme, {}, { limit: 4, sort: '-at', after }))

      const first = await page()
      expect(first.rows.map(({ sequence }) => sequence)).toEqual([6, 5, 4, 3])
      expect(first.total).toBe(6)
      const second = await page(first.next)
      expect(second.rows.map(({ sequence }) => sequence)).toEqual([2, 1])
      expect(second.next).toBeUndefined()
    })

    test('nobody else', async () => {
      expect(await transaction(db, [globex], (tx) => countEvents(tx, acme, {}))).toBe(0)
    })
  })

  describe('shows where it was tampered with:', () => {
    beforeEach(() => append(...Array.from({ length: 5 }, (_, i) => event(i + 1))))

    test.each([
      [
        'an event was edited',
        `update events set content = replace(content, 'usr_acme', 'usr_eve') where seq = 3`,
        3,
        'event_altered',
      ],
      [
        'and its hash fitted to it',
        `update events set content = replace(content, 'usr_acme', 'usr_eve'),
          hash = encode(sha256(convert_to(replace(content, 'usr_acme', 'usr_eve'), 'UTF8')), 'hex') where seq = 3`,
        3,
        'link_altered',
      ],
      ['an event was taken out', `delete from events where seq = 2`, 2, 'event_missing'],
      ['the end was cut off', `delete from events where seq > 3`, 4, 'event_missing'],
      ['everything was cut off', `delete from events`, 1, 'event_missing'],
      [
        'an event was put at the end',
        `insert into events (account_id, seq, content, hash, link)
          select account_id, 6, replace(content, 'evt_0005', 'evt_0006'), hash, link from events where seq = 5`,
        6,
        'event_altered',
      ],
      [
        'an event was put at the end and chained to it',
        `insert into events (account_id, seq, content, hash, link)
          select account_id, 6, new.content, new.hash, encode(sha256(convert_to(link || new.hash, 'UTF8')), 'hex')
            from events, lateral (select replace(content, 'evt_0005', 'evt_0006') as content) as forged,
                 lateral (select forged.content, encode(sha256(convert_to(forged.content, 'UTF8')), 'hex') as hash) as new
           where seq = 5`,
        6,
        'event_altered',
      ],
      [
        'two were exchanged',
        `update events set seq = -seq where seq in (2, 3); update events set seq = 5 + seq where seq < 0`,
        2,
        'link_altered',
      ],
    ] as const)('%s', async (_, tampering, sequence, reason) => {
      expect(await verify(acme)).toMatchObject({ ok: true })
      await database.asOwner(tampering)

      expect(await verify(acme)).toEqual({ ok: false, refusal: { code: 'chain_broken', sequence, reason } })
    })

    test.each([`update events set content = '{}'`, `delete from events`, `truncate events`])(
      'the application cannot: %s',
      async (tampering) => {
        await expect(transaction(db, 'deployment', (tx) => sql.raw(tampering).execute(tx))).rejects.toThrow(
          /permission denied/,
        )
      },
    )
  })

  test('is verified and streamed over more than one page', async () => {
    await transaction(db, [acme], (tx) =>
      appendEvents(
        tx,
        Array.from({ length: 4_100 }, (_, i) => event(i)),
      ),
    )

    expect(await verify(acme)).toMatchObject({ ok: true, value: { sequence: 4_100 } })
    let count = 0
    for await (const { sequence } of streamEvents(db, acme)) expect(sequence).toBe(++count)
    expect(count).toBe(4_100)

    await database.asOwner(`update events set link = '' where seq = 4000`)
    expect(await verify(acme)).toMatchObject({ refusal: { sequence: 4_000, reason: 'link_altered' } })
  })

  test('tells the database’s time for what is to be written', async () => {
    const clock = async () => {
      const [row] = await database.asOwner<{ now: number }>(
        'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
      )
      return row?.now ?? Number.NaN
    }
    const before = await clock()
    const { at, accounts } = await transaction(db, [acme, globex], (tx) => lockAccounts(tx, [globex, acme]))
    const after = await clock()

    expect(at).toBeGreaterThanOrEqual(Math.floor(before))
    expect(at).toBeLessThanOrEqual(after)
    expect(accounts.map(({ id }) => id)).toEqual([acme, globex])
  })
})
