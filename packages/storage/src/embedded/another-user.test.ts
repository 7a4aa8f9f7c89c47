import { chown, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { deleteEmbeddedPostgres } from './delete-embedded-postgres.ts'
import { ask } from './fixtures/ask.ts'
import { makeCheckout, removeCheckout } from './fixtures/checkout.ts'
import type { Checkout } from './fixtures/checkout.ts'
import { dataOf } from './fixtures/server-of.ts'
import { asOrdinaryUser, isRoot } from './fixtures/situations.ts'
import { spawnKeeper } from './fixtures/spawn-keeper.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

describe.runIf(isRoot)('one folder and two users (only where root runs the tests)', () => {
  let checkout: Checkout
  let folder: string

  beforeAll(async () => {
    checkout = await makeCheckout(asOrdinaryUser.parent, asOrdinaryUser.user)
    folder = join(checkout.path, '.keyholder')
  })
  afterAll(async () => {
    await deleteEmbeddedPostgres(folder)
    await removeCheckout(checkout)
  })

  test('root starts in the checkout of an ordinary user as that user, who can go on afterwards', async () => {
    const made = await startEmbeddedPostgres({ folder })
    await ask(made.url, 'create table kept as select 42 as answer')
    await made.stop()
    expect((await stat(await dataOf(folder))).uid).toBe(checkout.user?.uid)

    const keeper = spawnKeeper(checkout, folder)
    expect(await ask(await keeper.hear('up'), 'select answer from kept')).toEqual([{ answer: 42 }])
    keeper.kill('SIGTERM')
    await keeper.gone()
  })

  test('an ordinary user is told that the folder belongs to another', async () => {
    await chown(dirname(await dataOf(folder)), 0, 0)

    const keeper = spawnKeeper(checkout, folder)
    const sentence = await keeper.hear('folder_not_usable')
    await keeper.gone()

    expect(sentence).toContain(
      'belongs to another user: start Keyholder as that user, or choose another data folder.',
    )
  })
})
