import { chown, lstat, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { isErrorCode } from './is-error-code.ts'
import { makeWhole } from './make-whole.ts'
import { isPostmasterOf } from './postmaster-file.ts'
import type { ServerUser } from './server-user.ts'

/** The shortest that any system allows for the path of a socket is 103 bytes (macOS). */
const longestSocketPath = 103

/** PostgreSQL's name for the socket; the number keeps servers apart that share a folder, which ours never do. */
const socketName = '.s.PGSQL.5432'
export const socketPort = 5432

/**
 * Opens the folder of the server's socket, which only the server's user may enter.
 *
 * It is `run` in the home. Where that is too long for the path of a socket, `run` is a link to a short folder.
 */
export async function openSocketFolder(home: string, user: ServerUser | undefined): Promise<string> {
  const run = join(home, 'run')
  const known = await privateFolderBehind(run, user)
  if (known) return known

  await rm(run, { recursive: true, force: true })
  await makeWhole(run, async (draft) => {
    const folder = fits(run) ? draft : await mkdtemp('/tmp/keyholder-')
    if (folder === draft) await mkdir(draft, { mode: 0o700 })
    else await symlink(folder, draft)
    if (user) await chown(folder, user.uid, user.gid)
  })
  return realpath(run)
}

/** Only trusts a folder behind a link in /tmp if nobody else can have put it there. */
async function privateFolderBehind(run: string, user: ServerUser | undefined): Promise<string | undefined> {
  try {
    const folder = await realpath(run)
    const { uid, mode } = await lstat(folder)
    const isPrivate = uid === (user?.uid ?? process.getuid?.()) && (mode & 0o777) === 0o700
    return isPrivate && fits(folder) ? folder : undefined
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, socketName)) <= longestSocketPath
}

/** Removes the lock beside a socket where its process number now belongs to somebody else. */
export async function removeReusedSocketLock(folder: string, data: string): Promise<void> {
  const lock = join(folder, `${socketName}.lock`)
  const text = await readFile(lock, 'utf8').catch(() => undefined)
  if (text !== undefined && !isPostmasterOf(data, Number.parseInt(text))) await rm(lock, { force: true })
}
