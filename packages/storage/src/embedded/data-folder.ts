import { execFile } from 'node:child_process'
import { chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { superuser } from './address.ts'
import { isErrorCode } from './is-error-code.ts'
import { makeWhole } from './make-whole.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'
import { refusalFromOutput } from './refusal-from-output.ts'
import { processOptions } from './server-process.ts'
import type { ServerUser } from './server-user.ts'

interface NewData {
  readonly binaries: string
  readonly major: string
  readonly secret: string
  readonly user: ServerUser | undefined
}

/** Text sorts and folds the same on every system: PostgreSQL's own rules, not those of an installed library. */
const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
const initialisation = [`--username=${superuser}`, '--auth=scram-sha-256', '--no-instructions', ...locale]

/** Makes the data folder where there is none; refuses one of another major version, which only it can read. */
export async function openData(data: string, make: NewData): Promise<void> {
  const found = await majorVersionOf(data)
  if (found === make.major) return
  if (found !== undefined) {
    throw new EmbeddedPostgresRefusal(
      'other_major_version',
      `\`${data}\` was made by PostgreSQL ${found} and this Keyholder brings PostgreSQL ${make.major}: dump it with the Keyholder that made it and restore it here, or choose another data folder.`,
    )
  }
  await makeWhole(data, (draft) => initialise(draft, make))
  await flushFolder(dirname(data))
}

async function initialise(draft: string, { binaries, secret, user }: NewData): Promise<void> {
  const password = `${draft}.password`
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeFile(password, secret, { mode: 0o600 })
    if (user) for (const path of [draft, password]) await chown(path, user.uid, user.gid)
    const words = [...initialisation, '--pgdata', draft, '--pwfile', password]
    await promisify(execFile)(join(binaries, 'bin', 'initdb'), words, processOptions(dirname(draft), user))
  } catch (error) {
    if (isErrorCode(error, 'ENOSPC', 'EDQUOT')) throw error
    throw await refusalFromOutput(dirname(draft), outputOf(error))
  } finally {
    await rm(password, { force: true })
  }
}

async function majorVersionOf(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'stderr' in error && typeof error.stderr === 'string' && error.stderr ? error.stderr : error.message
}

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
