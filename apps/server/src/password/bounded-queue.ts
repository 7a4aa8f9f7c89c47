import { refuse, succeed, type Result } from '@keyholder/core'

/** More is asked for than can be waited for. */
export interface TooBusy {
  readonly code: 'too_busy'
  /** Seconds after which it is worth asking again. */
  readonly retryAfter: number
}

interface Bounds {
  /** Jobs that run at the same time. */
  readonly running: number
  /** Jobs that wait for them; one more is refused. */
  readonly waiting: number
}

/** Runs expensive jobs a few at a time, in the order they came, and refuses those that would wait too long. */
export class BoundedQueue {
  readonly #bounds: Bounds
  readonly #waiting: ((mayRun: boolean) => void)[] = []
  #running = 0
  #closed = false

  constructor(bounds: Bounds) {
    this.#bounds = bounds
  }

  /** Refused at once where too many wait already, and where the queue is closed. */
  async run<Value>(job: () => Promise<Value>): Promise<Result<Value, TooBusy>> {
    if (!(await this.#turn())) return refuse({ code: 'too_busy', retryAfter: 1 })
    try {
      return succeed(await job())
    } finally {
      this.#running -= 1
      this.#next()
    }
  }

  /** Nothing new is begun; whoever waits is refused. What runs ends by itself. */
  close(): void {
    this.#closed = true
    for (const answer of this.#waiting.splice(0)) answer(false)
  }

  #turn(): Promise<boolean> | boolean {
    if (this.#closed) return false
    if (this.#running < this.#bounds.running) {
      this.#running += 1
      return true
    }
    if (this.#waiting.length >= this.#bounds.waiting) return false
    return new Promise((answer) => this.#waiting.push(answer))
  }

  #next(): void {
    const answer = this.#waiting.shift()
    if (answer === undefined) return
    this.#running += 1
    answer(true)
  }
}
