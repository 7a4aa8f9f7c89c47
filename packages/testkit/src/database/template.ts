import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { migrate } from '@keyholder/storage'

/** A migrated database that every test database is a copy of. */
export interface Template {
  /** The URL with which databases are made on the server. */
  readonly serverUrl: string
  readonly name: string
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseTemplate: Template
  }
}

/** Runs one statement that belongs to no transaction, such as those that make and drop databases. */
export async function runOnServer(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

export async function makeTemplate(serverUrl: string): Promise<Template> {
  const name = `keyholder_template_${randomName()}`
  await runOnServer(serverUrl, `create database ${name} template template0 encoding 'UTF8'`)
  await migrate(urlOf(serverUrl, name), { log: () => {} })
  return { serverUrl, name }
}

/** The same server, another database. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

export function randomName(): string {
  return randomBytes(6).toString('hex')
}
