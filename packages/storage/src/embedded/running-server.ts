import { isErrorCode } from './is-error-code.ts'
import { connectToServer } from './folder-lock.ts'
import type { ServerConnection } from './folder-lock.ts'
import type { Address } from './address.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'
import type { ServerPlan } from './server-plan.ts'

/** A server that runs, and a connection to it. */
export interface RunningServer {
  readonly pid: number
  readonly connection: ServerConnection
}

/** Connects, or answers with what stands in the way for now. */
export async function tryToConnect(address: Address, secret: string): Promise<ServerConnection | Error> {
  try {
    return await connectToServer(address, secret)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Refuses a server that will not let us in; one that says that it is starting or ending is given the time it takes. */
export function refuseSilence(answer: Error, plan: ServerPlan, pid: number, deadline: number): void {
  if (isErrorCode(answer, '28P01')) {
    throw new EmbeddedPostgresRefusal(
      'server_did_not_start',
      `The password in \`${plan.home}/secret\` is not that of the database beside it: put the former file back.`,
    )
  }
  if (isErrorCode(answer, '57P03') || performance.now() < deadline) return
  throw new EmbeddedPostgresRefusal(
    'server_did_not_start',
    `PostgreSQL in \`${plan.home}\` (process ${pid}) does not answer (${answer.message}): end that process and start again.`,
  )
}
