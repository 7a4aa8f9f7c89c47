import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { deleteEmbeddedPostgres } from './delete-embedded-postgres.ts'
import { ask } from './fixtures/ask.ts'
import { makeCheckout, removeCheckout } from './fixtures/checkout.ts'
import type { Checkout } from './fixtures/checkout.ts'
import { endServerOf, postmasterOf, runs } from './fixtures/server-of.ts'
import { asOrdinaryUser, asRootAtHome } from './fixtures/situations.ts'
import { spawnKeeper } from './fixtures/spawn-keeper.ts'
import type { Keeper } from './fixtures/spawn-keeper.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

const enough = 50

describe.each([asRootAtHome, asOrdinaryUser])('as $who', ({ who, parent, user, possible }) => {
  let checkout: Checkout
  let folder: string
  let keepers: Keeper[]

  beforeAll(async () => {
    if (!possible) return
    checkout = await makeCheckout(parent, user)
    folder = join(checkout.path, '.keyholder')
  })
  afterAll(async () => {
    if (!possible) return
    await deleteEmbeddedPostgres(folder)
    await removeCheckout(checkout)
  })

  beforeEach(() => {
    keepers = []
  })
  afterEach(async () => {
    for (const keeper of keepers) keeper.kill('SIGKILL')
    await Promise.all(keepers.map((keeper) => keeper.gone()))
    await endServerOf(folder)
  })

  function startKeeper(): Keeper {
    const keeper = spawnKeeper(checkout, folder)
    keepers.push(keeper)
    return keeper
  }

  /** Every row that was acknowledged is there, and at most the one that was under way besides. */
  async function expectNothingLost(url: string) {
    const acknowledged = keepers.flatMap((keeper) => keeper.heard('written')).map(Number)
    const first = Math.min(...acknowledged)
    const rows = await ask<{ row: number }>(url, `select row::int from written where row >= ${first}`)

    expect(acknowledged.length).toBeGreaterThanOrEqual(enough)
    expect(rows.map(({ row }) => row)).toEqual(expect.arrayContaining(acknowledged))
    expect(rows.length).toBeLessThanOrEqual(acknowledged.length + 1)
  }

  /** For what does not depend on who starts Keyholder, and where. */
  const here = who === asOrdinaryUser.who

  test.runIf(possible)(
    'a server that a killed Keyholder left is adopted, with all it acknowledged',
    async () => {
      const killed = startKeeper()
      killed.tell('write')
      await killed.hear('written', enough)
      const server = await postmasterOf(folder)
      killed.kill('SIGKILL')
      await killed.gone()

      const next = startKeeper()
      const url = await next.hear('up')

      expect(await postmasterOf(folder)).toBe(server)
      await expectNothingLost(url)
    },
  )

  test.runIf(possible)('a killed PostgreSQL comes back under the Keyholder that lives', async () => {
    const keeper = startKeeper()
    const url = await keeper.hear('up')
    keeper.tell('write')
    await keeper.hear('written', enough)
    process.kill(await postmasterOf(folder), 'SIGKILL')

    await keeper.hear('down')
    await keeper.hear('back')
    await keeper.hear('written', keeper.heard('written').length + enough)
    keeper.kill('SIGKILL')
    await keeper.gone()

    await expectNothingLost(url)
    expect(keeper.heard('back')).toHaveLength(1)
  })

  test.runIf(possible)('both killed at once, the next start recovers all that was acknowledged', async () => {
    const killed = startKeeper()
    killed.tell('write')
    await killed.hear('written', enough)
    process.kill(await postmasterOf(folder), 'SIGKILL')
    killed.kill('SIGKILL')
    await killed.gone()

    await expectNothingLost(await startKeeper().hear('up'))
  })

  test.runIf(possible)('a second Keyholder on the same folder is refused with a sentence', async () => {
    const first = startKeeper()
    await first.hear('up')

    const second = startKeeper()
    const sentence = await second.hear('folder_in_use')
    await second.gone()

    expect(sentence).toContain(
      `The data folder \`${folder}\` is in use by another Keyholder, process ${first.pid}: stop it, or choose another data folder.`,
    )
    expect(await runs(folder)).toBe(true)
  })

  test.runIf(here)(
    'a query that outlives the killed PostgreSQL does not keep it from coming back',
    async () => {
      const keeper = startKeeper()
      const url = await keeper.hear('up')
      const endless = ask(
        url,
        'select max(n) from (select generate_series(1, 1000000000000) as n) as numbers',
      )
      const fate = endless.then(
        () => 'answered',
        () => 'cut off',
      )
      const active = () =>
        ask(url, `select from pg_stat_activity where state = 'active' and query like 'select max%'`)
      await expect.poll(active).toHaveLength(1)
      process.kill(await postmasterOf(folder), 'SIGKILL')

      await keeper.hear('back')

      expect(await fate).toBe('cut off')
      expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    },
  )

  test.runIf(here)(
    'a server that was left with other settings is replaced, and keeps what it holds',
    async () => {
      const killed = startKeeper()
      killed.tell('write')
      await killed.hear('written', enough)
      const left = await postmasterOf(folder)
      killed.kill('SIGKILL')
      await killed.gone()

      const next = await startEmbeddedPostgres({ folder, settings: { max_connections: '33' } })
      try {
        expect(await ask(next.url, 'show max_connections')).toEqual([{ max_connections: '33' }])
        expect(await postmasterOf(folder)).not.toBe(left)
        await expectNothingLost(next.url)
      } finally {
        await next.stop()
      }
    },
  )

  test.runIf(possible)('PostgreSQL ends with the Keyholder that is asked to end', async () => {
    const asked = startKeeper()
    await asked.hear('up')
    asked.kill('SIGTERM')
    await asked.gone()

    expect(await runs(folder)).toBe(false)
  })

  test.runIf(here)('PostgreSQL serves until a Keyholder that is asked to end has finished', async () => {
    const finishing = startKeeper()
    await finishing.hear('up')
    finishing.tell('take leave')
    await finishing.hear('will take leave')
    finishing.kill('SIGTERM')
    await finishing.gone()

    expect(finishing.heard('took leave')).toHaveLength(1)
    await expect.poll(() => runs(folder)).toBe(false)
  })

  test.runIf(here)('PostgreSQL ends with the Keyholder that exits', async () => {
    const leaving = startKeeper()
    await leaving.hear('up')
    leaving.tell('exit')
    await leaving.gone()

    await expect.poll(() => runs(folder)).toBe(false)
  })
})
