import type { KeyId } from '@keyholder/core'
import { touchKeys, transaction, type Database } from '@keyholder/storage'
import type { FastifyBaseLogger } from 'fastify'

const oneMinute = 60_000
const mostNoted = 10_000

/**
 * Notes that keys are in use, each at most once a minute, beside the request and not before its answer: when a key
 * was last used is for people to look at, and decides nothing.
 */
export function keyUsage(db: Database, log: FastifyBaseLogger): (key: KeyId) => void {
  const noted = new Map<KeyId, number>()
  return (key) => {
    const now = performance.now()
    if ((noted.get(key) ?? -Infinity) > now - oneMinute) return
    if (noted.size >= mostNoted) noted.clear()
    noted.set(key, now)
    transaction(db, 'deployment', (tx) => touchKeys(tx, [key])).catch((error: unknown) =>
      log.warn({ err: error }, 'that a key was used was not noted'),
    )
  }
}
