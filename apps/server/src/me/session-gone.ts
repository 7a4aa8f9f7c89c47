import { refuse } from '@keyholder/core'
import { SessionGone } from './add-token.ts'

/** Does something in a transaction of its own, which is undone where the session ended meanwhile. */
export async function undoingWhereSessionIsGone<Outcome>(work: () => Promise<Outcome>) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SessionGone) return refuse({ code: 'session_invalid' as const })
    throw error
  }
}
