import { performance } from 'node:perf_hooks'
import { setImmediate as othersTurn } from 'node:timers/promises'

/** Milliseconds after which whatever else waits goes first. */
const longest = 10

/** Keeps long work that is done in steps from holding up everything else on this node. */
export class Turns {
  #until = performance.now() + longest

  get isOver(): boolean {
    return performance.now() >= this.#until
  }

  async pass(): Promise<void> {
    await othersTurn()
    this.#until = performance.now() + longest
  }
}
