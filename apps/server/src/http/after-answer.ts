import type { FastifyBaseLogger } from 'fastify'
import { BoundedQueue } from '../password/bounded-queue.ts'

/** More waits only where somebody floods, and then it is no loss. */
const bounds = { running: 2, waiting: 200 } as const

/**
 * Work that an answer does not wait for, so that nothing can be told from how long it took.
 *
 * It is bounded, and a node that stops finishes what it has begun.
 */
export class AfterAnswer {
  readonly #log: FastifyBaseLogger
  readonly #queue = new BoundedQueue(bounds)
  readonly #open = new Set<Promise<void>>()

  constructor(log: FastifyBaseLogger) {
    this.#log = log
  }

  /** Does it soon; a failure is for the operator's log. */
  run(what: string, work: () => Promise<void>): void {
    const doing = this.#queue
      .run(work)
      .then((done) => {
        if (!done.ok) this.#log.warn(`${what} was left undone: too much waits already`)
      })
      .catch((error: unknown) => this.#log.warn({ err: error }, `${what} failed`))
    this.#open.add(doing)
    void doing.finally(() => this.#open.delete(doing))
  }

  /** When everything that was asked for so far is done. */
  async settled(): Promise<void> {
    await Promise.all(this.#open)
  }
}
