import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importSentence, importWorld, newId } from '@keyholder/server'
import { accountsNamed, listAccounts, transaction, type Database } from '@keyholder/storage'
import type { World } from '@keyholder/world'
import { UsageError } from '../command.ts'

/** What there is of a world in the database: all of its accounts, or not, because there are others. */
export type Presence = 'there' | 'others'

/**
 * Brings a world into a database that holds no account yet. What was brought in at an earlier start is left as people
 * have changed it since.
 *
 * A world of several accounts takes several transactions, so a mark in the data folder tells the next start of one
 * that did not get to the end.
 */
export async function bringIn(db: Database, world: World, dataFolder: string): Promise<Presence> {
  const mark = join(dataFolder, 'world-not-complete')
  const found = await accountsIn(db, world)
  const isBegun = found.total > 0 && existsSync(mark)
  if (found.total > 0 && !isBegun) return found.ofWorld === world.accounts.length ? 'there' : 'others'

  await mkdir(dataFolder, { recursive: true })
  await writeFile(mark, '', { flush: true })
  const imported = await importWorld({ db, newId }, world)
  if (!imported.ok) throw new UsageError(importSentence(imported.refusal))
  await rm(mark)
  return 'there'
}

async function accountsIn(db: Database, world: World) {
  const slugs = world.accounts.map(({ slug }) => slug)
  return transaction(
    db,
    'deployment',
    async (tx) => ({
      ofWorld: (await accountsNamed(tx, slugs)).size,
      total: (await listAccounts(tx, {}, { limit: 1, sort: 'slug' })).total,
    }),
    { readOnly: true },
  )
}
