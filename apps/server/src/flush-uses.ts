import type { FastifyBaseLogger } from 'fastify'
import type { ConnectionUses } from './access/connection-uses.ts'

const everyMinute = 60_000

/** Writes down every minute which connections were used. Returns how to stop it, which does so once more. */
export function startFlushing(uses: ConnectionUses, log: FastifyBaseLogger): () => Promise<void> {
  const flush = () =>
    uses
      .flush()
      .catch((error: unknown) => log.warn({ err: error }, 'that connections were used was not noted'))
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = flush()
  }, everyMinute)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
    await flush()
  }
}
