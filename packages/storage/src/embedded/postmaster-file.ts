import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Address } from './address.ts'
import { isErrorCode } from './is-error-code.ts'
import { draftBeside } from './make-whole.ts'

/** What a PostgreSQL server writes about itself in its data folder (`postmaster.pid`). */
export interface Postmaster {
  readonly pid: number
  readonly address: Address
  readonly text: string
}

/** Reads who runs on a data folder, or ran there and had no time to say goodbye. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readPostmasterFile(data)
  const [pid, , , port, socketFolder, listening] = (text ?? '').split('\n')
  if (!text || !pid || !port) return undefined
  return {
    pid: Math.abs(Number(pid)),
    address: { host: listening ? '127.0.0.1' : (socketFolder ?? ''), port: Number(port) },
    text,
  }
}

/**
 * Tells whether a process is the PostgreSQL server of a data folder, and not another that was given its number.
 *
 * The command line is what everybody may read, also in a container without the capability to look into the
 * processes of another user. Synchronous, because it is asked once more while the process exits.
 */
export function isPostmasterOf(data: string, pid: number): boolean {
  if (process.platform === 'linux') return isPostmasterByProc(data, pid)
  if (process.platform === 'win32') return isAlive(pid)
  const shown = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return shown.stdout.includes(` -D ${data} -c `)
}

/** Signals the server of a data folder; a process that is not it is never signalled. */
export function signalPostmaster(data: string, pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  if (!isPostmasterOf(data, pid)) return
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!isErrorCode(error, 'ESRCH')) throw error
  }
}

/**
 * Removes a `postmaster.pid` whose process number now belongs to somebody else.
 *
 * PostgreSQL itself takes any living process of that number for its server and refuses to start. The file is
 * moved before it goes, because a server that starts at this moment replaces it.
 */
export async function removeReusedPostmasterFile(data: string, judged: Postmaster): Promise<void> {
  const file = join(data, 'postmaster.pid')
  const aside = draftBeside(file)
  await rename(file, aside)
  if ((await readFile(aside, 'utf8')) === judged.text) await rm(aside)
  else await rename(aside, file)
}

async function readPostmasterFile(data: string): Promise<string | undefined> {
  try {
    return await readFile(join(data, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function isPostmasterByProc(data: string, pid: number): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const sameUser = statSync(`/proc/${pid}`).uid === statSync(data).uid
    return sameUser && words[words.indexOf('-D') + 1] === data
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ESRCH')) return false
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
