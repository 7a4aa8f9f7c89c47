import type { FastifyBaseLogger } from 'fastify'
import type { RunningServer } from './start.ts'

/** Stops the node in order when it is asked to; a second signal ends it at once. Resolves when it has stopped. */
export function stopOnSignals(running: RunningServer, log: FastifyBaseLogger): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (signal: NodeJS.Signals) => {
      process.once(signal, () => process.exit(1))
      log.info(`Stopping (${signal}).`)
      running.close().then(resolve, reject)
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  })
}
