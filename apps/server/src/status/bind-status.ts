import { getHealth, getReadiness } from '@keyholder/contract'
import { accountHeads, transaction, type Database } from '@keyholder/storage'
import type { Bind } from '../http/bind.ts'
import type { Readiness } from './readiness.ts'

/** Answers those who watch over the process and those who send it requests. */
export function bindStatus(bind: Bind, db: Database, readiness: Readiness): void {
  bind(getHealth, async () => ({ status: 200, body: { status: 'ok' } }))

  bind(getReadiness, async () => {
    if (readiness.isStopping) return { status: 503, body: { status: 'stopping' } }
    return (await reaches(db))
      ? { status: 200, body: { status: 'ok' } }
      : { status: 503, body: { status: 'unavailable' } }
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
