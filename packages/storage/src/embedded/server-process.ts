import { spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { handOver } from './hand-over.ts'
import type { ServerUser } from './server-user.ts'

const logLimit = 1024 * 1024

/** Belongs to no process; what could not be spawned has it, and says why when asked how it ended. */
const noProcess = -1

/** A server that was just spawned; `ended` becomes what it said when it gives up. */
export interface ServerProcess {
  readonly pid: number
  readonly ended: () => Promise<string | undefined>
}

/** How a program of PostgreSQL is run: as the server's user, with nothing of Keyholder's environment. */
export function processOptions(cwd: string, user: ServerUser | undefined) {
  return {
    cwd,
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C', TZ: 'UTC' },
    ...(user && { uid: user.uid, gid: user.gid }),
  }
}

/**
 * Spawns PostgreSQL in a session of its own, writing to `server.log`.
 *
 * It neither hears the terminal's Ctrl-C, because Keyholder ends first and then its database, nor dies with
 * Keyholder, because whoever starts next adopts it.
 */
export async function spawnServer(
  binary: string,
  words: readonly string[],
  home: string,
  user: ServerUser | undefined,
): Promise<ServerProcess> {
  const log = join(home, 'server.log')
  const before = await startLog(log)
  const output = await open(log, 'a', 0o600)
  try {
    await handOver(home, [log])
    const child = spawn(binary, words, {
      ...processOptions(home, user),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    })
    child.unref()

    let failure: string | undefined
    child.once('error', (error) => (failure = error.message))
    child.once('exit', () => (failure ??= ''))
    return {
      pid: child.pid ?? noProcess,
      ended: async () => (failure === undefined ? undefined : failure || (await readFrom(log, before))),
    }
  } finally {
    await output.close()
  }
}

/** Keeps one former log, and answers where the new entries begin. */
async function startLog(log: string): Promise<number> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size <= logLimit) return size
  await rename(log, `${log}.1`)
  return 0
}

async function readFrom(log: string, start: number): Promise<string> {
  return (await readFile(log)).subarray(start).toString()
}
