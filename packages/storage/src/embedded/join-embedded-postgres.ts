import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'

import { connectionUrl } from './address.ts'
import { connectToServer, findHolder } from './folder-lock.ts'
import { isErrorCode } from './is-error-code.ts'
import { isPostmasterOf, readPostmaster } from './postmaster-file.ts'

/**
 * The URL of the database that a running Keyholder keeps in this folder, for a short visit beside it.
 *
 * Nothing where no Keyholder holds the folder: then its server may be started here. The server stays with whom it
 * belongs to, and ends with them.
 */
export async function joinEmbeddedPostgres(folder: string): Promise<string | undefined> {
  try {
    const home = await realpath(join(folder, 'postgresql'))
    const data = join(home, 'data')
    const postmaster = await readPostmaster(data)
    if (!postmaster || !isPostmasterOf(data, postmaster.pid)) return undefined

    const secret = await readFile(join(home, 'secret'), 'utf8')
    const connection = await connectToServer(postmaster.address, secret)
    try {
      return (await findHolder(connection)) && connectionUrl(postmaster.address, secret)
    } finally {
      await connection.end()
    }
  } catch (error) {
    // Not there, not ours, or just going down: starting the server says which, in a sentence.
    if (isErrorCode(error, 'ENOENT', 'EACCES', 'ECONNREFUSED', '57P03')) return undefined
    throw error
  }
}
