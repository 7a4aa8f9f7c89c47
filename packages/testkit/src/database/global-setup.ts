import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@keyholder/storage'
import type { TestProject } from 'vitest/node'
import { makeTemplate, runOnServer } from './template.ts'

/**
 * Gives the whole run one PostgreSQL, with a migrated template for the test files' databases: the one that
 * `TEST_DATABASE_URL` names, else Keyholder's own.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await findServer()
  const template = await makeTemplate(server.url)
  project.provide('databaseTemplate', template)
  return async () => {
    await runOnServer(server.url, `drop database if exists ${template.name} with (force)`)
    await server.stop()
  }
}

async function findServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: async () => {} }

  const folder = await mkdtemp(join(tmpdir(), 'keyholder-test-'))
  const server = await startEmbeddedPostgres({ folder, settings: { max_connections: '200' } })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
