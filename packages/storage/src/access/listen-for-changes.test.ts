import type { AccountId, Blueprint } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { listenForChanges, type ListenOptions } from './listen-for-changes.ts'
import { writeChanges } from './write-changes.ts'

const blueprint = {} as Blueprint // no role is written

/** Hears everything in order, and can be asked to wait for the next of it. */
function ear(url: string, options: ListenOptions = { patience: 60_000 }) {
  const heard: string[] = []
  let wake = () => {}
  const hear = (what: string) => {
    heard.push(what)
    wake()
  }
  const listening = listenForChanges(
    url,
    {
      onChange: (account, revision) => hear(`${account}:${revision}`),
      onUp: () => hear('up'),
      onDown: () => hear('down'),
    },
    options,
  )
  const next = async () => {
    if (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return heard.shift()
  }
  return {
    heard,
    stop: listening.stop,
    next,
    /** Listens until this is heard, whatever else is. */
    until: async (wanted: string) => {
      while ((await next()) !== wanted);
    },
  }
}

describe('listening for changes', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 2 })
  beforeAll(() => makeTwoAccounts(database))
  const bump = (...accounts: AccountId[]) =>
    transaction(db, accounts, async (tx) => {
      for (const account of accounts) await writeChanges(tx, blueprint, account, [])
    })

  test('hears each account’s new revision once it is committed, and nothing of what was rolled back', async () => {
    await database.asOwner('truncate changes; update accounts set revision = 0')
    const { next, stop } = ear(database.url)
    expect(await next()).toBe('up')

    await bump(acme)
    expect(await next()).toBe('acc_acme:1')

    const failing = transaction(db, [acme], async (tx) => {
      await writeChanges(tx, blueprint, acme, [])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await bump(acme, globex)
    expect(new Set([await next(), await next()])).toEqual(new Set(['acc_acme:2', 'acc_globex:1']))
    await stop()
  })

  test('goes on after its connection was cut off, and says that there was a gap', async () => {
    await database.asOwner('truncate changes; update accounts set revision = 0')
    const { next, stop } = ear(database.url)
    expect(await next()).toBe('up')
    await database.asOwner(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'keyholder listener'`,
    )

    expect(await next()).toBe('down')
    expect(await next()).toBe('up')
    await bump(globex)
    expect(await next()).toBe('acc_globex:1')
    await stop()
  })

  test('notices that the line went silent without being closed', async () => {
    await database.asOwner('truncate changes; update accounts set revision = 0')
    const line = await DatabaseProxy.open(database.url)
    const { heard, until, stop } = ear(line.url, { heartbeat: 50, patience: 1_000 })
    await until('up')
    line.set('stalled')
    await until('down')

    line.set('open')
    // On a busy machine the line may seem silent again, and changes go unheard until it does not.
    await expect
      .poll(async () => {
        await bump(acme)
        return heard.some((what) => what.startsWith('acc_acme:'))
      })
      .toBe(true)
    await stop()
    await line.close()
  })

  test('stops while the database is away', async () => {
    const { next, stop } = ear('postgres://nobody@127.0.0.1:1/nothing')

    expect(await next()).toBe('down')
    await stop()
  })
})
