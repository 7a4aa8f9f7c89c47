import { setTimeout as delay } from 'node:timers/promises'

import type { ServerConnection } from './folder-lock.ts'
import { isErrorCode } from './is-error-code.ts'
import { isPostmasterOf, readPostmaster, removeReusedPostmasterFile } from './postmaster-file.ts'
import type { Postmaster } from './postmaster-file.ts'
import { refuseSilence, tryToConnect } from './running-server.ts'
import type { RunningServer } from './running-server.ts'
import type { ServerPlan } from './server-plan.ts'

const pause = 10
const patience = 30_000

/**
 * Finds the server that runs on the data already, and waits for it where it is still starting, or ending.
 *
 * It is asked first, whatever the number of its process says: it may run in another container.
 */
export async function findRunningServer(
  plan: ServerPlan,
  signal: AbortSignal,
): Promise<RunningServer | undefined> {
  const postmaster = await readPostmaster(plan.data)
  if (!postmaster) return undefined

  const deadline = performance.now() + patience
  for (;;) {
    const answer = await tryToConnect(postmaster.address, plan.secret)
    if (!(answer instanceof Error)) {
      if (await serves(answer, plan.data, postmaster)) return { pid: postmaster.pid, connection: answer }
      await answer.end()
    }
    if (!isPostmasterOf(plan.data, postmaster.pid)) {
      await forgetReusedNumber(plan.data, postmaster)
      return undefined
    }
    if (answer instanceof Error) refuseSilence(answer, plan, postmaster.pid, deadline)
    await delay(pause, undefined, { signal })
  }
}

/** A copy of a folder names the server of its original, which even has the same password. */
async function serves(connection: ServerConnection, data: string, { pid }: Postmaster): Promise<boolean> {
  const { rows } = await connection.query<{ data: string; written: string }>(
    `select current_setting('data_directory') as data, pg_read_file('postmaster.pid') as written`,
  )
  return rows[0]?.data === data && Number.parseInt(rows[0].written) === pid
}

/** Only a number that lives keeps PostgreSQL from starting; with a dead one it finds its own way. */
async function forgetReusedNumber(data: string, postmaster: Postmaster): Promise<void> {
  try {
    process.kill(postmaster.pid, 0)
  } catch (error) {
    if (isErrorCode(error, 'ESRCH')) return
  }
  await removeReusedPostmasterFile(data, postmaster)
}
