import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '@keyholder/storage'
import type { NewId } from '../new-id.ts'
import { noteExpiredSupport } from './note-expired-support.ts'

const everyMinute = 60_000

/** Writes down every minute which support accesses have run out. Returns how to stop it. */
export function startNotingExpiry(
  deps: { readonly db: Database; readonly newId: NewId },
  log: FastifyBaseLogger,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = noteExpiredSupport(deps).catch((error: unknown) =>
      log.warn({ err: error }, 'that support accesses ran out was not written down'),
    )
  }, everyMinute)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
