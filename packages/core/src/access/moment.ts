import type { Bounds } from '../grant/grant.ts'

/**
 * A moment of decision, and the stretch of time around it in which nothing that was looked at begins or ends by
 * itself: `from` belongs to it, `until` does not.
 */
export class Moment {
  readonly at: number
  #from = -Infinity
  #until = Infinity

  constructor(at: number) {
    this.at = at
  }

  get from(): number {
    return this.#from
  }

  get until(): number {
    return this.#until
  }

  /** Takes note of when something begins and ends. */
  see({ startsAt, endsAt }: Bounds): void {
    if (startsAt !== undefined) this.#seeEdge(startsAt)
    if (endsAt !== undefined) this.#seeEdge(endsAt)
  }

  #seeEdge(edge: number): void {
    if (edge <= this.at) this.#from = Math.max(this.#from, edge)
    else this.#until = Math.min(this.#until, edge)
  }
}
