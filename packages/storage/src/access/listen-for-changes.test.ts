import type { AccountId, Blueprint } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { acme, globex, makeTwoAccounts } from '../two-accounts.fixture.ts'
import { bumpRevision } from './journal.ts'
import { listenForChanges, type ListenOptions } from './listen-for-changes.ts'

const blueprint = {} as Blueprint // no role is written

/** Hears everything in order, and can be asked to wait for the next of it. */
function ear(url: string, options?: ListenOptions) {
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
  return {
    stop: listening.stop,
    next: async () => {
      if (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return heard.shift()
    },
  }
}

describe('listening for changes', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 2 })
  beforeAll(() => makeTwoAccounts(database))
  const bump = (...accounts: AccountId[]) =>
    transaction(db, accounts, async (tx) => {
      for (const account of accounts) await bumpRevision(tx, blueprint, account, [])
    })

  test('hears each account’s new revision once it is committed, and nothing of what was rolled back', async () => {
    await database.asOwner('truncate changes; update accounts set revision = 0')
    const { next, stop } = ear(database.url)
    expect(await next()).toBe('up')

    await bump(acme)
    expect(await next()).toBe('acc_acme:1')

    const failing = transaction(db, [acme], async (tx) => {
      await bumpRevision(tx, blueprint, acme, [])
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
    const { next, stop } = ear(line.url, { heartbeat: 50, patience: 300 })
    expect(await next()).toBe('up')

    const before = performance.now()
    line.set('stalled')
    expect(await next()).toBe('down')
    expect(performance.now() - before).toBeLessThan(5_000)

    line.set('open')
    let heard = await next()
    while (heard === 'down') heard = await next()
    expect(heard).toBe('up')
    await bump(acme)
    expect(await next()).toBe('acc_acme:1')
    await stop()
    await line.close()
  })

  test('stops while the database is away', async () => {
    const { next, stop } = ear('postgres://nobody@127.0.0.1:1/nothing')

    expect(await next()).toBe('down')
    await stop()
  })
})
