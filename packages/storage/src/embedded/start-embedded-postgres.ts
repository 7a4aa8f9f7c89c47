import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { connectionUrl } from './address.ts'
import { bringUp } from './bring-up.ts'
import { chooseAddress } from './choose-address.ts'
import { openData } from './data-folder.ts'
import { folderNotUsable } from './folder-not-usable.ts'
import { handOver } from './hand-over.ts'
import { openHome } from './home.ts'
import { isErrorCode } from './is-error-code.ts'
import { removeAbandonedDrafts } from './make-whole.ts'
import { findPackagedBinaries } from './packaged-binaries.ts'
import { signalPostmaster } from './postmaster-file.ts'
import { diskFull } from './refusal-from-output.ts'
import { openSecret } from './secret.ts'
import { hostBasedAuthentication } from './server-arguments.ts'
import type { ServerPlan, ServerSettings } from './server-plan.ts'
import { stopAtExit } from './stop-at-exit.ts'
import { stopServer } from './stop-server.ts'
import { supervise } from './supervise.ts'
import type { Supervision } from './supervise.ts'
import { removeFormerBinaries, unpackBinaries } from './unpack-binaries.ts'

export interface EmbeddedPostgresOptions {
  /** The data folder, which is made where it does not exist. */
  readonly folder: string
  /** Listens on this port of 127.0.0.1 instead of a socket in the folder. */
  readonly port?: number
  /** Settings of PostgreSQL, as in `postgresql.conf`; those that keep data and door safe cannot be replaced. */
  readonly settings?: ServerSettings
  /** Hears, in sentences, what somebody who runs Keyholder wants to know. */
  readonly log?: (sentence: string) => void
  /** The server ended without being asked to; it is being brought up again. */
  readonly onDown?: (why: string) => void
  /** The server is back, at the same URL. */
  readonly onUp?: () => void
}

export interface EmbeddedPostgres {
  /** Where the database is, with the password of its owner. */
  readonly url: string
  readonly folder: string
  /** Ends the server in order; clients that are still connected are cut off. */
  readonly stop: () => Promise<void>
}

const silence = () => undefined

/**
 * Runs a real PostgreSQL on a data folder, for this process alone, until `stop` is called or the process ends.
 *
 * What is acknowledged survives the end of either process by any means. Throws an `EmbeddedPostgresRefusal` with a
 * sentence for the user where that cannot be, among others where another Keyholder uses the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { folder, log = silence, onDown = silence, onUp = silence } = options
  const plan = await prepare(options, log)
  const ending = new AbortController()
  let supervision: Supervision | undefined

  function stopSoon() {
    ending.abort()
    const server = supervision?.current()
    if (server) signalPostmaster(plan.data, server.pid, 'SIGINT')
  }
  async function stop() {
    stopSoon()
    await supervision?.settled()
    const server = supervision?.current()
    if (server) {
      await stopServer(plan.data, server.pid)
      await server.connection.end()
    }
    forget()
  }

  const forget = stopAtExit({ stop, stopSoon })
  try {
    supervision = await supervise(() => bringUp(plan, ending.signal), ending.signal, { log, onDown, onUp })
    await removeFormerBinaries(plan.home, plan.binaries)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: connectionUrl(plan.address, plan.secret), folder, stop }
}

/** Makes all that the server needs, where it is not there from an earlier start. */
async function prepare(
  options: EmbeddedPostgresOptions,
  log: (sentence: string) => void,
): Promise<ServerPlan> {
  const { folder, port, settings = {} } = options
  const packaged = await findPackagedBinaries()
  const { path: home, user } = await openHome(folder, log)
  try {
    await removeAbandonedDrafts(home)
    const [data, doors] = [join(home, 'data'), join(home, 'pg_hba.conf')]
    const [binaries, secret] = await Promise.all([unpackBinaries(packaged, home), openSecret(home)])
    await openData(data, { binaries, major: packaged.major, secret, user })
    await writeFile(doors, hostBasedAuthentication)
    await chmod(doors, 0o644)
    await handOver(home, [binaries, doors, join(home, 'secret')])

    const address = await chooseAddress({ path: home, user }, port)
    return { folder, home, data, binaries, secret, user, address, settings, log }
  } catch (error) {
    if (isErrorCode(error, 'ENOSPC', 'EDQUOT')) throw diskFull(home)
    if (isErrorCode(error, 'EACCES', 'EPERM', 'EROFS')) throw folderNotUsable(home, error)
    throw error
  }
}
