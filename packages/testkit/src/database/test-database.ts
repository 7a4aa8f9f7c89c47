import { closeDatabase, openDatabase, type Database, type DatabaseOptions } from '@keyholder/storage'
import { Pool } from 'pg'
import { afterAll, inject } from 'vitest'
import { randomName, runOnServer, urlOf } from './template.ts'

/** A machine that runs many tests at once is slow; its database is not away. */
export const patient = { patience: 60_000, statementTimeout: 60_000, lockTimeout: 60_000 } as const

/** A migrated, empty database of one's own. */
export interface TestDatabase {
  readonly url: string
  /** Opens it as the application does; closed when the file's tests are over. */
  open(options?: Omit<DatabaseOptions, 'url'>): Database
  /** Runs SQL as the owner, to whom row-level security does not apply. */
  asOwner<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  drop(): Promise<void>
}

/** Makes a database that is dropped when the tests of the calling file are over. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await makeTestDatabase()
  afterAll(() => database.drop())
  return database
}

/** Makes a database that its caller drops. */
export async function makeTestDatabase(): Promise<TestDatabase> {
  const { serverUrl, name: template } = inject('databaseTemplate')
  const name = `keyholder_test_${randomName()}`
  await runOnServer(serverUrl, `create database ${name} template ${template}`)

  const url = urlOf(serverUrl, name)
  const owner = new Pool({ connectionString: url, max: 2 })
  owner.on('error', () => {}) // the tests that end connections end this one's too
  const opened: Database[] = []
  return {
    url,
    open: (options) => {
      const db = openDatabase({ url, ...patient, ...options })
      opened.push(db)
      return db
    },
    asOwner: async (sql, values = []) => (await owner.query(sql, [...values])).rows,
    drop: async () => {
      await Promise.all([...opened.map(closeDatabase), owner.end()])
      await runOnServer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}
