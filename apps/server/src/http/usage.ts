import { transaction, type Database, type Tx } from '@keyholder/storage'
import type { FastifyBaseLogger } from 'fastify'

const oneMinute = 60_000
const mostNoted = 10_000

/**
 * Notes that something is in use, each at most once a minute, beside the request and not before its answer: when it
 * was last used is for people to look at, and decides nothing.
 */
export function usage<Used>(
  { db, log }: { readonly db: Database; readonly log: FastifyBaseLogger },
  nameOf: (used: Used) => string,
  touch: (tx: Tx, used: Used) => Promise<void>,
): (used: Used) => void {
  const noted = new Map<string, number>()
  return (used) => {
    const now = performance.now()
    const name = nameOf(used)
    if ((noted.get(name) ?? -Infinity) > now - oneMinute) return
    if (noted.size >= mostNoted) noted.clear()
    noted.set(name, now)
    transaction(db, 'deployment', (tx) => touch(tx, used)).catch((error: unknown) =>
      log.warn({ err: error }, 'that something was used was not noted'),
    )
  }
}
