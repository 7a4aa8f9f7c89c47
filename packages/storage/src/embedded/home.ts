import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, mkdtemp, readdir, readlink, realpath, rmdir, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import { folderNotUsable } from './folder-not-usable.ts'
import { isErrorCode } from './is-error-code.ts'
import { giveToOwnerOf, makeFolder } from './make-folder.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'
import { canEnter, chooseServerUser } from './server-user.ts'
import type { ServerUser } from './server-user.ts'

/** Where a folder's PostgreSQL lives, and as whom it runs. */
export interface Home {
  readonly path: string
  readonly user: ServerUser | undefined
}

/** Where root's servers live whose folder no ordinary user can reach, best first. */
const elsewhere = ['/var/lib/keyholder', '/var/tmp/keyholder']

/** PostgreSQL's own set-up puts paths into commands of a shell, where these mean something else. */
const readByShells = /["$\\`\n]/

/**
 * Finds the home of a folder's PostgreSQL, or makes it: `postgresql` in the folder itself.
 *
 * Where Keyholder runs as root and the server's user cannot reach the folder, the home stands elsewhere and
 * `postgresql` is a link to it. The link is what counts: the folder may be moved, and without it all begins anew.
 */
export async function openHome(requested: string, log: (sentence: string) => void): Promise<Home> {
  const folder = await makeFolder(resolve(requested))
  const user = await chooseServerUser(folder)
  const entry = join(folder, 'postgresql')

  if (!(await isThere(entry))) {
    if (!user || (await canEnter(user, folder))) await makeHomeHere(entry, user)
    else await makeHomeElsewhere(entry, folder, user, log)
  }

  const path = await resolveHome(entry)
  if (process.platform !== 'win32' && readByShells.test(path)) {
    throw new EmbeddedPostgresRefusal(
      'folder_not_usable',
      `PostgreSQL cannot be set up in \`${path}\`, because of a character of that path (" $ \\ \` or a line break): choose another data folder.`,
    )
  }
  if (user && !(await canEnter(user, path))) {
    throw new EmbeddedPostgresRefusal(
      'folder_not_usable',
      `PostgreSQL runs as \`${user.name}\`, who may not enter \`${path}\`: allow it on each folder of that path (\`chmod o+x\`), or choose another data folder.`,
    )
  }
  return { path, user }
}

async function makeHomeHere(entry: string, user: ServerUser | undefined): Promise<void> {
  try {
    await mkdir(entry)
    await chmod(entry, user ? 0o711 : 0o700)
    await giveToOwnerOf(dirname(entry), entry)
  } catch (error) {
    if (!isErrorCode(error, 'EEXIST')) throw folderNotUsable(dirname(entry), error)
  }
}

async function makeHomeElsewhere(
  entry: string,
  folder: string,
  user: ServerUser,
  log: (sentence: string) => void,
): Promise<void> {
  const shelf = await firstThatCanBeMade(elsewhere)
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const earlier = (await readdir(shelf)).filter((name) => name.startsWith(mark))

  const home = await mkdtemp(join(shelf, `${mark}-`))
  await chmod(home, 0o711)
  try {
    await symlink(home, entry)
  } catch (error) {
    await rmdir(home)
    // Another process that starts at the same moment was faster; its home is the one.
    if (isErrorCode(error, 'EEXIST')) return
    throw folderNotUsable(folder, error)
  }

  log(
    `PostgreSQL may not run as root: it runs as \`${user.name}\`, who cannot reach \`${folder}\`, so its data is in \`${home}\`.`,
  )
  for (const name of earlier) {
    log(
      `A database that was once made for \`${folder}\` is still in \`${join(shelf, name)}\`: delete it if nobody needs it.`,
    )
  }
}

async function firstThatCanBeMade(shelves: readonly string[]): Promise<string> {
  const failures: string[] = []
  for (const shelf of shelves) {
    try {
      await mkdir(shelf, { recursive: true })
      await chmod(shelf, 0o711)
      return shelf
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new EmbeddedPostgresRefusal(
    'folder_not_usable',
    `There is no place for PostgreSQL that its user can reach (${failures.join('; ')}): choose another data folder.`,
  )
}

/** A link to nowhere is not a new beginning: the data it leads to may come back, a disk that is not mounted for one. */
async function resolveHome(entry: string): Promise<string> {
  try {
    return await realpath(entry)
  } catch (error) {
    if (!isErrorCode(error, 'ENOENT')) throw folderNotUsable(dirname(entry), error)
    throw new EmbeddedPostgresRefusal(
      'folder_not_usable',
      `The database that \`${entry}\` leads to is not in \`${await readlink(entry)}\` any more: bring it back, or delete \`${entry}\` to begin anew.`,
    )
  }
}

async function isThere(entry: string): Promise<boolean> {
  try {
    await lstat(entry)
    return true
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return false
    throw folderNotUsable(dirname(entry), error)
  }
}
