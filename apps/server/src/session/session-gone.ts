import { refuse } from '@keyholder/core'

/** Thrown so that the transaction is undone; the caller is answered as anybody whose session has ended. */
export class SessionGone extends Error {}

/** Does something in a transaction of its own, which is undone where the session ended meanwhile. */
export async function undoingWhereSessionIsGone<Outcome>(work: () => Promise<Outcome>) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SessionGone) return refuse({ code: 'session_invalid' as const })
    throw error
  }
}
