import type { AccountId, EventContent, EventId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeEach, describe, expect, test } from 'vitest'
import { verifyEvents } from '../audit/verify-events.ts'
import { transaction, type Tx } from '../database/transaction.ts'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { insertAccount } from '../account/accounts.ts'
import { closeChange } from './close-change.ts'
import { lockAccounts } from './lock-accounts.ts'

let events = 0
const event = (...accounts: AccountId[]): EventContent => ({
  id: `evt_${++events}` as EventId,
  at: 0,
  action: 'grant.create',
  outcome: 'done',
  actor: { kind: 'system' },
  accounts,
})
const mail = (id: string) => ({ id, account: acme, recipient: 'ada@acme.example', payload: {} })

describe('what closes a change', async () => {
  const database = await testDatabase()
  const db = database.open()
  await makeTwoAccounts(database)
  beforeEach(() => database.asOwner('truncate events, changes, outbox'))
  beforeEach(() => database.asOwner(`update accounts set revision = 0, event_seq = 0, event_link = ''`))

  const close = (work: (tx: Tx) => Promise<unknown>) => transaction(db, [acme, globex], work)
  const verified = (account: AccountId) => transaction(db, [account], (tx) => verifyEvents(tx, account))
  const written = async () => {
    const [counts] = await database.asOwner<Record<'events' | 'changes' | 'mails', number>>(
      `select (select count(*)::int from events) as events, (select count(*)::int from changes) as changes,
              (select count(*)::int from outbox) as mails`,
    )
    return counts
  }

  test('moves each account on once, and continues the logs of those that have an event', async () => {
    const move = { account: acme, changes: [] }
    const revisions = await close(async (tx) => {
      const { heads } = await lockAccounts(tx, [acme, globex])
      const moves = [move, { account: globex, changes: [] }]
      return closeChange(tx, { moves, events: [event(acme), event(acme)], heads, mails: [mail('mail_1')] })
    })
    const second = await close(async (tx) => {
      const { heads } = await lockAccounts(tx, [acme, globex])
      return closeChange(tx, { moves: [move], events: [event(globex, acme)], heads })
    })

    expect(revisions).toEqual(
      new Map([
        [acme, 1],
        [globex, 1],
      ]),
    )
    expect(second).toEqual(
      new Map([
        [acme, 2],
        [globex, 1],
      ]),
    )
    expect(await written()).toEqual({ events: 4, changes: 3, mails: 1 })
    expect(await verified(acme)).toMatchObject({ ok: true, value: { sequence: 3 } })
    expect(await verified(globex)).toMatchObject({ ok: true, value: { sequence: 1 } })
  })

  test('begins the log of an account that is made in the same transaction', async () => {
    const small = 'acc_small' as AccountId
    await transaction(db, [acme, small], async (tx) => {
      const { heads } = await lockAccounts(tx, [acme])
      await insertAccount(tx, { id: small, slug: 'small', name: 'Small' })
      await closeChange(tx, { moves: [{ account: small, changes: [] }], events: [event(small, acme)], heads })
    })

    expect(await verified(small)).toMatchObject({ ok: true, value: { sequence: 1 } })
  })

  test('is refused whole where a log has gone on since its end was read', async () => {
    const late = close(async (tx) => {
      const { heads } = await lockAccounts(tx, [acme])
      await closeChange(tx, { events: [event(acme)], heads })
      await closeChange(tx, { events: [event(acme)], heads, mails: [mail('mail_2')] })
    })

    await expect(late).rejects.toThrow(/events_pkey/)
    expect(await written()).toEqual({ events: 0, changes: 0, mails: 0 })
  })

  test('is refused where an account is not in the transaction’s scope', async () => {
    const elsewhere = transaction(db, [acme], (tx) =>
      closeChange(tx, { moves: [{ account: acme, changes: [] }], events: [event(acme, globex)] }),
    )

    await expect(elsewhere).rejects.toThrow()
    expect(await written()).toEqual({ events: 0, changes: 0, mails: 0 })
  })
})
