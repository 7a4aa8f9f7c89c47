import { chmod, chown, mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import { folderNotUsable } from './folder-not-usable.ts'
import { isErrorCode } from './is-error-code.ts'

/**
 * Makes the folder, or furnishes one that was made for this and is empty; any other stays as it is.
 *
 * Root makes it for the one whose folder it stands in, or as one that can be passed through and not read: the
 * server's user needs the way to its own part.
 */
export async function makeFolder(folder: string): Promise<string> {
  try {
    await mkdir(dirname(folder), { recursive: true })
    if (await makeOne(folder)) await giveToOwnerOf(dirname(folder), folder)
    if (process.getuid?.() === 0) await letThroughIfEmpty(folder)
  } catch (error) {
    throw folderNotUsable(folder, error)
  }
  return realpath(folder)
}

async function makeOne(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 })
    return true
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Root's new files belong to the one whose folder they stand in. */
export async function giveToOwnerOf(parent: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(parent)
  await chown(path, uid, gid)
}

async function letThroughIfEmpty(folder: string): Promise<void> {
  const { uid } = await stat(folder)
  if (uid === 0 && (await readdir(folder)).length === 0) await chmod(folder, 0o711)
}
