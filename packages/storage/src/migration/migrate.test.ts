import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AccountId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { Client } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { insertAccount, listAccounts } from '../account/accounts.ts'
import { closeDatabase, openDatabase } from '../database/open-database.ts'
import type { Scope } from '../database/scope.ts'
import { transaction } from '../database/transaction.ts'
import { migrate } from './migrate.ts'

const silent = { log: () => {} }

async function folderWith(migrations: Record<string, string>): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  await Promise.all(Object.entries(migrations).map(([name, sql]) => writeFile(join(folder, name), sql)))
  return pathToFileURL(`${folder}/`)
}

describe('bringing a database up to date', async () => {
  const database = await testDatabase()
  beforeAll(async () => {
    await database.asOwner('drop table schema_migrations')
  })

  test('applies what is missing in order, and nothing twice', async () => {
    const folder = await folderWith({
      '0001-shelves.sql': 'create table shelves (id int primary key)',
      '0002-books.sql': 'create table books (shelf int references shelves)',
    })

    expect(await migrate(database.url, { ...silent, folder })).toEqual(['0001-shelves.sql', '0002-books.sql'])
    expect(await migrate(database.url, { ...silent, folder })).toEqual([])
  })

  test('leaves nothing of a migration that fails', async () => {
    const first = { '0001-shelves.sql': 'create table shelves (id int primary key)' }
    const second = { '0002-books.sql': 'create table books (shelf int references shelves)' }
    const broken = { '0003-readers.sql': 'create table readers (id int); select no_such_function()' }
    const folder = await folderWith({ ...first, ...second, ...broken })

    await expect(migrate(database.url, { ...silent, folder })).rejects.toThrow('no_such_function')
    expect(await database.asOwner(`select to_regclass('readers') as readers`)).toEqual([{ readers: null }])
  })

  test('is refused when an applied migration was edited since', async () => {
    const folder = await folderWith({
      '0001-shelves.sql': 'create table shelves (id bigint primary key)',
      '0002-books.sql': 'create table books (shelf int references shelves)',
    })

    await expect(migrate(database.url, { ...silent, folder })).rejects.toMatchObject({
      code: 'migration_edited',
      message: expect.stringContaining('0001-shelves.sql'),
    })
  })

  test('is refused when a newer Keyholder was here', async () => {
    const folder = await folderWith({ '0001-shelves.sql': 'create table shelves (id int primary key)' })

    await expect(migrate(database.url, { ...silent, folder })).rejects.toMatchObject({ code: 'schema_newer' })
  })

  test('is refused, and not waited for without end, while another process does it', async () => {
    const folder = await folderWith({})
    const other = new Client({ connectionString: database.url })
    await other.connect()
    await other.query('select pg_advisory_lock(7738725024158999666)')

    await expect(migrate(database.url, { ...silent, folder, patience: 50 })).rejects.toMatchObject({
      code: 'migration_in_progress',
    })
    await other.end()
  })
})

describe('several nodes that start at once', async () => {
  const database = await testDatabase()

  test('apply each migration once', async () => {
    await database.asOwner('drop table schema_migrations')
    const folder = await folderWith({ '0001-shelves.sql': 'create table shelves (id int primary key)' })

    const applied = await Promise.all(
      Array.from({ length: 4 }, () => migrate(database.url, { ...silent, folder })),
    )

    expect(applied.flat()).toEqual(['0001-shelves.sql'])
  })
})

describe('an owner that is not the administrator of the server', async () => {
  const database = await testDatabase()
  const url = (login: string) =>
    Object.assign(new URL(database.url), { username: login, password: 'secret' }).href

  test('migrates and works, where it may manage roles or was given the role', async () => {
    const login = `ordinary_${Date.now()}`
    await database.asOwner(`create role ${login} login createrole password 'secret'`)
    await database.asOwner('grant create on schema public to public')
    await database.asOwner('drop table schema_migrations')
    await database.asOwner(`grant keyholder_app to ${login}`)
    const folder = await folderWith({ '0001-shelves.sql': 'create table shelves (id int primary key)' })

    expect(await migrate(url(login), { ...silent, folder })).toEqual(['0001-shelves.sql'])
    const client = new Client({ connectionString: url(login) })
    await client.connect()
    await client.query('set role keyholder_app')
    expect((await client.query('select current_user')).rows).toEqual([{ current_user: 'keyholder_app' }])
    await client.end()
    await database.asOwner(`reassign owned by ${login} to current_user`)
    await database.asOwner(`drop owned by ${login}`)
    await database.asOwner(`drop role ${login}`)
  })

  test('has its rows kept apart as those of any other', async () => {
    const login = `landlord_${Date.now()}`
    await database.asOwner(`create role ${login} login createrole password 'secret'`)
    await database.asOwner(`grant keyholder_app to ${login}`)
    await database.asOwner(`drop schema public cascade; create schema public authorization ${login}`)

    await migrate(url(login), silent)
    const db = openDatabase({ url: url(login) })
    await transaction(db, 'deployment', async (tx) => {
      await insertAccount(tx, { id: 'acc_acme' as AccountId, slug: 'acme', name: 'Acme' })
    })
    const stranger = 'acc_stranger' as AccountId
    const count = async (scope: Scope) =>
      (await transaction(db, scope, (tx) => listAccounts(tx, {}, { limit: 1, sort: 'name' }))).total
    expect([await count('deployment'), await count([]), await count([stranger])]).toEqual([1, 0, 0])
    await closeDatabase(db)

    await database.asOwner(`drop owned by ${login} cascade`)
    await database.asOwner(`drop role ${login}`)
  })

  test('is told what to run where it may not take the role on', async () => {
    const login = `stranger_${Date.now()}`
    await database.asOwner(`create role ${login} login password 'secret'`)

    await expect(migrate(url(login), silent)).rejects.toMatchObject({
      code: 'role_not_allowed',
      message: expect.stringContaining(`grant keyholder_app to "${login}"`),
    })
    await database.asOwner(`drop role ${login}`)
  })
})
