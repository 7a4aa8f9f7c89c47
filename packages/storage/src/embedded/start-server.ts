import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { endOrphans } from './end-orphans.ts'
import { readPostmaster, signalPostmaster } from './postmaster-file.ts'
import { refusalFromOutput } from './refusal-from-output.ts'
import { refuseSilence, tryToConnect } from './running-server.ts'
import type { RunningServer } from './running-server.ts'
import { serverArguments } from './server-arguments.ts'
import type { ServerPlan } from './server-plan.ts'
import { spawnServer } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import { removeReusedSocketLock } from './socket-folder.ts'
import { stopServer } from './stop-server.ts'

const pause = 10

/** Starts a server and waits until it answers; answers with nothing where the data is held by another for now. */
export async function startServer(
  plan: ServerPlan,
  signal: AbortSignal,
  deadline: number,
): Promise<RunningServer | undefined> {
  if (plan.address.host.startsWith('/')) await removeReusedSocketLock(plan.address.host, plan.data)
  const server = await spawnServer(binaryOf(plan), serverArguments(plan), plan.home, plan.user)
  const halt = () => signalPostmaster(plan.data, server.pid, 'SIGINT')
  signal.addEventListener('abort', halt)
  try {
    return await firstConnection(server, plan, signal, deadline)
  } catch (error) {
    await stopServer(plan.data, server.pid)
    throw error
  } finally {
    signal.removeEventListener('abort', halt)
  }
}

/** The program of the server. */
export function binaryOf({ binaries }: ServerPlan): string {
  return join(binaries, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres')
}

async function firstConnection(
  server: ServerProcess,
  plan: ServerPlan,
  signal: AbortSignal,
  deadline: number,
): Promise<RunningServer | undefined> {
  for (;;) {
    const output = await server.ended()
    if (output !== undefined) {
      if (isHeldForNow(output, plan.data) && performance.now() < deadline) return undefined
      throw await refusalFromOutput(plan.home, output)
    }
    const answer = await tryToConnect(plan.address, plan.secret)
    if (!(answer instanceof Error)) {
      if ((await readPostmaster(plan.data))?.pid === server.pid)
        return { pid: server.pid, connection: answer }
      // Another process started a server at the same moment, and that one answered.
      await answer.end()
      return undefined
    }
    refuseSilence(answer, plan, server.pid, deadline)
    await delay(pause, undefined, { signal })
  }
}

/** Another server was faster, or processes of one that was killed are still at work on the data. */
function isHeldForNow(output: string, data: string): boolean {
  const byOrphans = /pre-existing shared memory block/.test(output)
  if (byOrphans) endOrphans(data)
  return byOrphans || /lock file ".*" already exists/.test(output)
}
