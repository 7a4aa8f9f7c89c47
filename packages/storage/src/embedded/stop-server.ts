import { setTimeout as delay } from 'node:timers/promises'

import { isPostmasterOf, signalPostmaster } from './postmaster-file.ts'

const pause = 10
const patience = 30_000

/**
 * Ends a server: its clients are cut off, and what they wrote is on the disk in order.
 *
 * A server that does not manage this in time is ended at once; its next start recovers what was acknowledged.
 */
export async function stopServer(data: string, pid: number): Promise<void> {
  signalPostmaster(data, pid, 'SIGINT')
  if (await isGone(data, pid)) return
  signalPostmaster(data, pid, 'SIGQUIT')
  await isGone(data, pid)
}

async function isGone(data: string, pid: number): Promise<boolean> {
  const deadline = performance.now() + patience
  while (performance.now() < deadline) {
    if (!isPostmasterOf(data, pid)) return true
    await delay(pause)
  }
  return false
}
