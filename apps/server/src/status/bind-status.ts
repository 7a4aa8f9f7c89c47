import { getHealth, getReadiness } from '@keyholder/contract'
import { accountHeads, transaction, type Database } from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { Readiness } from './readiness.ts'

/** Answers those who watch over the process and those who send it requests. */
export function bindStatus(bind: Bind, db: Database, readiness: Readiness): void {
  bind(getHealth, async () => answer(200, { status: 'ok' }))

  bind(getReadiness, async () => {
    if (readiness.isStopping) return answer(503, { status: 'stopping' })
    return (await reaches(db)) ? answer(200, { status: 'ok' }) : answer(503, { status: 'unavailable' })
  })
}

async function reaches(db: Database): Promise<boolean> {
  try {
    await transaction(db, [], (tx) => accountHeads(tx, []), { readOnly: true, statementTimeout: 900 })
    return true
  } catch {
    return false
  }
}
