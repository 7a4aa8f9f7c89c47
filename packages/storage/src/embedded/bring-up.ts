import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { database } from './address.ts'
import type { Address } from './address.ts'
import { isErrorCode } from './is-error-code.ts'
import { connectToServer, lockFolder } from './folder-lock.ts'
import type { ServerConnection } from './folder-lock.ts'
import {
  isPostmasterOf,
  readPostmaster,
  removeReusedPostmasterFile,
  signalPostmaster,
} from './postmaster-file.ts'
import type { Postmaster } from './postmaster-file.ts'
import { refusalFromOutput } from './refusal-from-output.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'
import { serverArguments } from './server-arguments.ts'
import type { ServerPlan } from './server-arguments.ts'
import { spawnServer } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import type { ServerUser } from './server-user.ts'
import { removeReusedSocketLock } from './socket-folder.ts'
import { stopServer } from './stop-server.ts'

export interface BringUp extends ServerPlan {
  readonly folder: string
  readonly binaries: string
  readonly secret: string
  readonly user: ServerUser | undefined
  readonly log: (sentence: string) => void
}

/** A server that runs, and the connection that holds its folder for this process. */
export interface RunningServer {
  readonly pid: number
  readonly connection: ServerConnection
}

const pause = 10
const pauseBetweenServers = 100
const patience = 30_000

/**
 * Makes sure that the server of a data folder runs and belongs to this process.
 *
 * A server that runs is adopted; PostgreSQL itself decides between two processes that start one at once, because
 * the second server refuses the data folder of the first.
 */
export async function bringUp(plan: BringUp, signal: AbortSignal): Promise<RunningServer> {
  const deadline = performance.now() + patience
  for (;;) {
    signal.throwIfAborted()
    const found = await findRunning(plan, signal)
    const server = found ?? (await start(plan, signal, deadline))
    if (server && (await take(server, plan, found !== undefined))) return server
    await delay(pauseBetweenServers, undefined, { signal })
  }
}

/** Locks the folder; a server that was left with other settings or of another version goes, and a new one starts. */
async function take(server: RunningServer, plan: BringUp, adopted: boolean): Promise<boolean> {
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

async function findRunning(plan: BringUp, signal: AbortSignal): Promise<RunningServer | undefined> {
  const postmaster = await readPostmaster(plan.data)
  if (!postmaster) return undefined

  const deadline = performance.now() + patience
  for (;;) {
    const answer = await connect(postmaster.address, plan)
    if (!(answer instanceof Error)) {
      if (await serves(answer, plan.data, postmaster)) return { pid: postmaster.pid, connection: answer }
      await answer.end()
    }
    if (!isPostmasterOf(plan.data, postmaster.pid)) {
      await forgetReusedNumber(plan.data, postmaster)
      return undefined
    }
    if (answer instanceof Error) refuseSilence(answer, plan, postmaster.pid, deadline)
    await delay(pause, undefined, { signal })
  }
}

async function start(
  plan: BringUp,
  signal: AbortSignal,
  deadline: number,
): Promise<RunningServer | undefined> {
  if (plan.address.host.startsWith('/')) await removeReusedSocketLock(plan.address.host, plan.data)
  const server = await spawnServer(binaryOf(plan), serverArguments(plan), plan.home, plan.user)
  const halt = () => signalPostmaster(plan.data, server.pid, 'SIGINT')
  signal.addEventListener('abort', halt)
  try {
    return await firstConnection(server, plan, signal, deadline)
  } catch (error) {
    await stopServer(plan.data, server.pid)
    throw error
  } finally {
    signal.removeEventListener('abort', halt)
  }
}

/** Waits until the new server answers; answers with nothing where another server holds the data, for now or for good. */
async function firstConnection(
  server: ServerProcess,
  plan: BringUp,
  signal: AbortSignal,
  deadline: number,
): Promise<RunningServer | undefined> {
  for (;;) {
    const output = await server.ended()
    if (output !== undefined) {
      if (isHeldByAnother(output) && performance.now() < deadline) return undefined
      throw await refusalFromOutput(plan.home, output)
    }
    const answer = await connect(plan.address, plan)
    if (!(answer instanceof Error)) return { pid: server.pid, connection: answer }
    refuseSilence(answer, plan, server.pid, deadline)
    await delay(pause, undefined, { signal })
  }
}

/** Another server was faster, or processes of one that was killed still work on the data and will end soon. */
function isHeldByAnother(output: string): boolean {
  return /lock file ".*" already exists|pre-existing shared memory block/.test(output)
}

function refuseSilence(answer: Error, plan: BringUp, pid: number, deadline: number): void {
  const isBusyStartingOrEnding = isErrorCode(answer, '57P03')
  const isWrongPassword = isErrorCode(answer, '28P01')
  if (isBusyStartingOrEnding || (performance.now() < deadline && !isWrongPassword)) return

  throw new EmbeddedPostgresRefusal(
    'server_did_not_start',
    isWrongPassword
      ? `The password in \`${plan.home}/secret\` is not that of the database beside it: put the former file back.`
      : `PostgreSQL in \`${plan.home}\` (process ${pid}) does not answer (${answer.message}): end that process and start again.`,
  )
}

async function connect(address: Address, { secret }: BringUp): Promise<ServerConnection | Error> {
  try {
    return await connectToServer(address, secret)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** A copy of a folder names the server of its original, which even has the same password. */
async function serves(connection: ServerConnection, data: string, { text }: Postmaster): Promise<boolean> {
  const { rows } = await connection.query<{ data: string; text: string }>(
    `select current_setting('data_directory') as data, pg_read_file('postmaster.pid') as text`,
  )
  const [pid] = text.split('\n')
  return rows[0]?.data === data && rows[0].text.split('\n')[0] === pid
}

async function forgetReusedNumber(data: string, postmaster: Postmaster): Promise<void> {
  try {
    process.kill(postmaster.pid, 0)
  } catch (error) {
    if (isErrorCode(error, 'ESRCH')) return
  }
  await removeReusedPostmasterFile(data, postmaster)
}

/** PostgreSQL writes down how it was started. */
async function wasStartedAs(plan: BringUp): Promise<boolean> {
  const written = await readFile(join(plan.data, 'postmaster.opts'), 'utf8')
  const words = serverArguments(plan).map((word) => ` "${word}"`)
  return written.trimEnd() === `${binaryOf(plan)}${words.join('')}`
}

function binaryOf({ binaries }: BringUp): string {
  return join(binaries, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres')
}

async function createDatabase(connection: ServerConnection): Promise<void> {
  const { rowCount } = await connection.query('select from pg_database where datname = $1', [database])
  if (rowCount === 0) await connection.query(`create database ${database}`)
}
