import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  closeDatabase,
  joinEmbeddedPostgres,
  migrate,
  openDatabase,
  startEmbeddedPostgres,
  type Database,
} from '@keyholder/storage'
import { UsageError } from '../command.ts'
import { settings, type SettingOptions } from '../settings.ts'

export interface Visit {
  /** Whether the data folder may be empty: then a database is made in it. */
  readonly makes: boolean
}

const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`)

/**
 * Runs work on the configured database, brought up to date: the one of `DATABASE_URL`, else the one in the data
 * folder, beside the Keyholder that runs on it where one does.
 */
export async function onDatabase<Outcome>(
  options: SettingOptions,
  { makes }: Visit,
  work: (db: Database, applied: readonly string[]) => Promise<Outcome>,
): Promise<Outcome> {
  const { databaseUrl, dataFolder } = settings(options)
  if (databaseUrl !== undefined) return visit(databaseUrl, work)

  if (!makes && !existsSync(join(dataFolder, 'postgresql'))) {
    throw new UsageError(
      `there is no database in \`${dataFolder}\`: start Keyholder there first, name another folder with --data, or set DATABASE_URL`,
    )
  }
  const joined = await joinEmbeddedPostgres(dataFolder)
  if (joined !== undefined) return visit(joined, work)

  const own = await startEmbeddedPostgres({ folder: dataFolder, log: tell })
  try {
    return await visit(own.url, work)
  } finally {
    await own.stop()
  }
}

async function visit<Outcome>(
  url: string,
  work: (db: Database, applied: readonly string[]) => Promise<Outcome>,
): Promise<Outcome> {
  const applied = await migrate(url, { log: tell })
  const db = openDatabase({ url, poolSize: 2, patience: 5_000 })
  try {
    return await work(db, applied)
  } finally {
    await closeDatabase(db)
  }
}
