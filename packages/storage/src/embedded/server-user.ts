import { spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { isErrorCode } from './is-error-code.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'

/** The user the server runs as where that is not Keyholder's own. */
export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** An account an administrator made for this, or the one every system has for processes that own nothing. */
const unprivileged = ['keyholder', 'nobody']

/**
 * Chooses the user that PostgreSQL runs as: Keyholder's own, except for root, who may not run PostgreSQL.
 *
 * Data that is there keeps its user. New data belongs to the owner of the folder, where that is not root.
 */
export async function chooseServerUser(folder: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined

  const home = join(folder, 'postgresql')
  for (const path of [join(home, 'data'), home, folder]) {
    const owner = await ownerOf(path)
    const user = owner ? findUser(String(owner)) : undefined
    if (user) return user
  }
  for (const name of unprivileged) {
    const user = findUser(name)
    if (user) return user
  }
  throw new EmbeddedPostgresRefusal(
    'folder_not_usable',
    'PostgreSQL may not run as root, and this system has no user `nobody`: start Keyholder as an ordinary user.',
  )
}

/** Tells whether the user may enter a folder and all that it stands in. */
export async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  const { uid, gid, mode } = await stat(folder)
  const may = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001
  if (!may) return false
  return dirname(folder) === folder || canEnter(user, dirname(folder))
}

async function ownerOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).uid
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** `id` also knows users who come from a directory and stand in no file. */
function findUser(nameOrUid: string): ServerUser | undefined {
  const ask = (what: string) => spawnSync('id', [what, nameOrUid], { encoding: 'utf8' }).stdout.trim()
  const name = ask('-un')
  return name ? { name, uid: Number(ask('-u')), gid: Number(ask('-g')) } : undefined
}
