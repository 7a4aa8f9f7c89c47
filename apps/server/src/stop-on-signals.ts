import type { FastifyBaseLogger } from 'fastify'
import type { RunningServer } from './start.ts'

/** Milliseconds in which one ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const onePress = 500

/** Stops the node in order when it is asked to; a second time ends it at once. Resolves when it has stopped. */
export function stopOnSignals(running: RunningServer, log: FastifyBaseLogger): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked: number | undefined
    const stop = (signal: NodeJS.Signals) => {
      if (asked !== undefined) {
        if (performance.now() - asked > onePress) process.exit(1)
        return
      }
      asked = performance.now()
      log.info(`Stopping (${signal}).`)
      running.close().then(resolve, reject)
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}
