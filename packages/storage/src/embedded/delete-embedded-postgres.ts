import { realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { isErrorCode } from './is-error-code.ts'
import { isPostmasterOf, readPostmaster } from './postmaster-file.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'

/** Deletes a folder's database with all it holds, wherever it stands; refuses while its server runs. */
export async function deleteEmbeddedPostgres(folder: string): Promise<void> {
  const entry = join(folder, 'postgresql')
  const home = await whereItIs(entry)
  if (home) {
    const data = join(home, 'data')
    const running = await readPostmaster(data)
    if (running && isPostmasterOf(data, running.pid)) {
      throw new EmbeddedPostgresRefusal(
        'folder_in_use',
        `PostgreSQL still runs in \`${home}\` (process ${running.pid}): stop Keyholder before its database is deleted.`,
      )
    }
    const sockets = await whereItIs(join(home, 'run'))
    for (const path of [sockets, home]) if (path) await rm(path, { recursive: true, force: true })
  }
  await rm(entry, { recursive: true, force: true })
}

async function whereItIs(entry: string): Promise<string | undefined> {
  try {
    return await realpath(entry)
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}
