import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { database } from './address.ts'
import { findRunningServer } from './find-running-server.ts'
import { lockFolder } from './folder-lock.ts'
import type { ServerConnection } from './folder-lock.ts'
import { refusalFromOutput } from './refusal-from-output.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'
import type { RunningServer } from './running-server.ts'
import { serverArguments } from './server-arguments.ts'
import type { ServerPlan } from './server-plan.ts'
import { binaryOf, startServer } from './start-server.ts'
import { stopServer } from './stop-server.ts'

const pause = 100
const patience = 30_000

/**
 * Makes sure that the server of a data folder runs and belongs to this process.
 *
 * A server that runs is adopted; PostgreSQL itself decides between two processes that start one at once, because
 * the second server refuses the data folder of the first.
 */
export async function bringUp(plan: ServerPlan, signal: AbortSignal): Promise<RunningServer> {
  const deadline = performance.now() + patience
  for (;;) {
    signal.throwIfAborted()
    const found = await findRunningServer(plan, signal)
    const server = found ?? (await startServer(plan, signal, deadline))
    if (server && (await take(server, plan, found !== undefined))) return server
    await delay(pause, undefined, { signal })
  }
}

/** Locks the folder; a server that was left with other settings or of another version goes, and a new one starts. */
async function take(server: RunningServer, plan: ServerPlan, adopted: boolean): Promise<boolean> {
  try {
    await lockFolder(server.connection, plan.folder)
    if (adopted && !(await wasStartedAs(plan))) {
      await stopServer(plan.data, server.pid)
      return false
    }
    await createDatabase(server.connection)
    if (adopted)
      plan.log(`Uses the PostgreSQL that runs in \`${plan.home}\` already (process ${server.pid}).`)
    return true
  } catch (error) {
    await server.connection.end()
    if (error instanceof EmbeddedPostgresRefusal) throw error
    await stopServer(plan.data, server.pid)
    throw await refusalFromOutput(plan.home, String(error))
  }
}

/** PostgreSQL writes down how it was started. */
async function wasStartedAs(plan: ServerPlan): Promise<boolean> {
  const written = await readFile(join(plan.data, 'postmaster.opts'), 'utf8')
  const words = serverArguments(plan).map((word) => ` "${word}"`)
  return written.trimEnd() === `${binaryOf(plan)}${words.join('')}`
}

async function createDatabase(connection: ServerConnection): Promise<void> {
  const { rowCount } = await connection.query('select from pg_database where datname = $1', [database])
  if (rowCount === 0) await connection.query(`create database ${database}`)
}
