/** One look at the database's clock, with the node's monotonic time before and after it. */
export interface ClockReading {
  readonly databaseTime: number
  readonly askedAt: number
  readonly answeredAt: number
}

const readingsKept = 16
/** A database's clock that was really put back is followed; jitter between two readings is not. */
const jitter = 1_000

/**
 * The database's time, without asking it each time.
 *
 * Nodes whose clocks are wrong by minutes decide alike, because the node's own clock is used only to measure how long
 * ago something was. Of the latest readings the one with the shortest round trip counts: it is off by at most half
 * of that. Time that has been told is not taken back.
 */
export class DatabaseClock {
  readonly #monotonic: () => number
  readonly #readings: ClockReading[] = []
  #offset: number | undefined
  #told = -Infinity

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
  }

  read(reading: ClockReading): void {
    this.#readings.push(reading)
    if (this.#readings.length > readingsKept) this.#readings.shift()
    const sharpest = this.#readings.reduce((best, other) =>
      roundTrip(other) < roundTrip(best) ? other : best,
    )
    const offset = offsetOf(sharpest)
    // Readings from before the database's clock was set, or from another server, say nothing about this one.
    if (Math.abs(offset - offsetOf(reading)) > jitter + roundTrip(reading)) {
      this.#readings.splice(0, this.#readings.length - 1)
      this.#offset = offsetOf(reading)
    } else {
      this.#offset = offset
    }
  }

  /** Milliseconds since 1970 by the database's clock; before the first reading there is no such time. */
  now(): number | undefined {
    if (this.#offset === undefined) return undefined
    const time = this.#monotonic() + this.#offset
    if (time < this.#told && this.#told - time <= jitter) return this.#told
    this.#told = time
    return time
  }
}

function roundTrip({ askedAt, answeredAt }: ClockReading): number {
  return answeredAt - askedAt
}

function offsetOf({ databaseTime, askedAt, answeredAt }: ClockReading): number {
  return databaseTime - (askedAt + answeredAt) / 2
}
