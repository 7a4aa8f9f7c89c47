import type { AccountId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from './open-database.ts'
import { transaction, type Tx } from './transaction.ts'

const acme = 'acc_acme' as AccountId
const globex = 'acc_globex' as AccountId

const slugs = async (tx: Tx) => {
  const rows = await tx.selectFrom('accounts').select('slug').orderBy('slug').execute()
  return rows.map(({ slug }) => slug)
}
const rename = (tx: Tx, account: AccountId, name: string) =>
  tx.updateTable('accounts').set({ name }).where('id', '=', account).execute()

interface Signal {
  readonly given: Promise<void>
  give(): void
}

function signal(): Signal {
  let give = () => {}
  const given = new Promise<void>((resolve) => (give = resolve))
  return { given, give: () => give() }
}

describe('a transaction', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 4 })
  const nameOf = async (account: AccountId) => {
    const [row] = await database.asOwner<{ name: string }>('select name from accounts where id = $1', [
      account,
    ])
    return row?.name
  }
  beforeAll(async () => {
    await database.asOwner(
      `insert into accounts (id, slug, name) values ($1, 'acme', 'Acme'), ($2, 'globex', 'Globex')`,
      [acme, globex],
    )
  })

  test('sees the accounts that it was begun for, and no others', async () => {
    expect(await transaction(db, [acme], slugs)).toEqual(['acme'])
    expect(await transaction(db, [acme, globex], slugs)).toEqual(['acme', 'globex'])
    expect(await transaction(db, 'deployment', slugs)).toEqual(['acme', 'globex'])
    expect(await transaction(db, [], slugs)).toEqual([])
  })

  test('does not begin for what could be read as other accounts', async () => {
    for (const id of ['*', 'acc_acme,acc_globex', `acc_' or true --`]) {
      await expect(transaction(db, [id as AccountId], slugs)).rejects.toThrow('is not the id of an account')
    }
  })

  test('writes all or nothing', async () => {
    const failing = transaction(db, [acme], async (tx) => {
      await rename(tx, acme, 'Half done')
      throw new Error('changed my mind')
    })

    await expect(failing).rejects.toThrow('changed my mind')
    expect(await nameOf(acme)).toBe('Acme')
  })

  test('is not taken for done when a statement in it failed unnoticed', async () => {
    const careless = transaction(db, [acme], async (tx) => {
      await rename(tx, acme, 'Lost')
      await sql`select 1 / 0`.execute(tx).catch(() => {})
      return 'done'
    })

    await expect(careless).rejects.toThrow('nothing was committed')
    expect(await nameOf(acme)).toBe('Acme')
  })

  test('takes no statement after it is over', async () => {
    const leaked = await transaction(db, [acme], async (tx) => tx)

    await expect(slugs(leaked)).rejects.toThrow('after its transaction was over')
  })

  test('writes nothing when it was begun to read', async () => {
    await expect(
      transaction(db, [acme], (tx) => rename(tx, acme, 'No'), { readOnly: true }),
    ).rejects.toThrow()
    expect(await nameOf(acme)).toBe('Acme')
  })

  test('is run again when it lost against another one', async () => {
    const first = signal()
    const second = signal()
    let runs = 0
    const crossing = (mine: Signal, theirs: Signal, order: readonly AccountId[]) => {
      let inOrder = order
      return transaction(db, 'deployment', async (tx) => {
        runs++
        const [one = acme, other = acme] = inOrder
        inOrder = [acme, globex] // PostgreSQL may give up both at once, and then they are not to cross again
        await rename(tx, one, 'Crossed')
        mine.give()
        await theirs.given
        await rename(tx, other, 'Crossed')
      })
    }

    await Promise.all([crossing(first, second, [acme, globex]), crossing(second, first, [globex, acme])])
    expect(runs).toBeGreaterThanOrEqual(3)
    expect(await nameOf(globex)).toBe('Crossed')
  })

  test('says that the database is busy when somebody else holds the lock for too long', async () => {
    const locked = signal()
    const done = signal()
    const holding = transaction(db, [acme], async (tx) => {
      await rename(tx, acme, 'Held')
      locked.give()
      await done.given
    })
    await locked.given

    const hasty = database.open({ lockTimeout: 100 })
    await expect(transaction(hasty, [acme], (tx) => rename(tx, acme, 'Late'))).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      reason: 'busy',
    })
    done.give()
    await holding
    expect(await nameOf(acme)).toBe('Held')
  })

  test('says that the database is busy when every connection stays in use', async () => {
    const small = database.open({ poolSize: 1, patience: 100 })
    const done = signal()
    let holding = Promise.resolve()
    // So little patience may not be enough for the first one either, on a busy machine.
    const begin = () =>
      new Promise<string>((resolve) => {
        holding = transaction(small, [acme], () => (resolve('begun'), done.given))
        holding.catch(() => resolve('given up'))
      })
    await expect.poll(begin).toBe('begun')

    await expect(transaction(small, [acme], slugs)).rejects.toMatchObject({ reason: 'busy' })
    done.give()
    await holding
    await expect.poll(() => transaction(small, [acme], slugs).catch(() => 'given up')).toEqual(['acme'])
  })

  test('goes on another connection when those in the pool were cut off', async () => {
    const cut = database.open({ poolSize: 3 })
    await Promise.all([1, 2, 3].map(() => transaction(cut, [acme], slugs)))
    await database.asOwner(
      `select pg_terminate_backend(pid, 300000) from pg_stat_activity
        where datname = current_database() and application_name = 'keyholder'`,
    )

    expect(await transaction(cut, [acme], slugs)).toEqual(['acme'])
  })

  test('goes on when a migration changes what its prepared statements return', async () => {
    const running = database.open({ poolSize: 6 })
    const whole = (tx: Tx) => tx.selectFrom('accounts').selectAll().where('id', '=', acme).execute()
    const readAtOnce = () => Promise.all(Array.from({ length: 6 }, () => transaction(running, [acme], whole)))
    for (let i = 0; i < 3; i++) await readAtOnce()
    await database.asOwner('alter table accounts add column colour text')

    for (const [row] of await readAtOnce()) expect(row).toMatchObject({ id: acme, colour: null })
    await database.asOwner('alter table accounts drop column colour')
    expect(await transaction(running, [acme], slugs)).toEqual(['acme'])
  })

  test('says that the database is away when it is cut off at work', async () => {
    const work = transaction(db, [acme], async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await database.asOwner('select pg_terminate_backend($1, 300000)', [rows[0]?.pid])
      await slugs(tx)
    })

    await expect(work).rejects.toMatchObject({ name: 'DatabaseUnavailable', reason: 'unreachable' })
    expect(await transaction(db, [acme], slugs)).toEqual(['acme'])
  })
})

describe('where the database is away', () => {
  test('a transaction fails, and does not wait for it', async () => {
    const db = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', patience: 3_600_000 })

    await expect(transaction(db, [acme], slugs)).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      reason: 'unreachable',
    })
  })
})
