import { succeed, type Result } from '@keyholder/core'
import type { NodeTime } from '../replica/node-time.ts'
import type { Caller } from '../../http/caller.ts'

interface Known {
  readonly caller: Caller
  readonly checkedAt: number
  /** Where the database did not answer, not before this moment is it asked again. */
  readonly askAgainAt: number
}

interface Asking {
  /** Nothing where the key turns out to be no good, or the database does not answer. */
  readonly caller: Promise<Caller | undefined>
  readonly since: number
}

export interface CallerCacheLimits {
  /** For how long a key is taken to be as it was, in milliseconds, unless something is heard of it. */
  readonly sureFor: number
  /** For how long it is so while the database does not answer. */
  readonly deafAfter: number
  /** How many keys are remembered. */
  readonly keys: number
}

/**
 * Who a key belongs to, without hashing it and asking the database each time.
 *
 * A key that was revoked is refused at once where this node hears of it, after `sureFor` where the notice is lost, and
 * after `deafAfter` where the database is lost too.
 */
export class CallerCache {
  readonly #known = new Map<string, Known>()
  /** Who is being looked up at this moment. */
  readonly #asking = new Map<string, Asking>()
  readonly #time: NodeTime
  readonly #limits: CallerCacheLimits
  /** Another number once anything happened to a key. */
  readonly #credentials: () => number
  #seen: number

  constructor(time: NodeTime, credentials: () => number, limits: CallerCacheLimits) {
    this.#time = time
    this.#credentials = credentials
    this.#seen = credentials()
    this.#limits = limits
  }

  /** The caller with this header, as far as is known without waiting. */
  recall(authorization: string): Caller | undefined {
    this.#forgetWhatChanged()
    const known = this.#known.get(authorization)
    if (!known) return undefined
    const now = this.#time.monotonic()
    const isSure = now - known.checkedAt < this.#limits.sureFor
    const isSpared = now < known.askAgainAt && now - known.checkedAt < this.#limits.deafAfter
    return isSure || isSpared ? known.caller : undefined
  }

  /** Whether it is time to look up anew who is still known, so that nobody has to wait for it later. */
  isDue(authorization: string): boolean {
    const known = this.#known.get(authorization)
    const now = this.#time.monotonic()
    return (
      known !== undefined &&
      now - known.checkedAt >= this.#limits.sureFor / 2 &&
      now >= known.askAgainAt &&
      !this.#askingOf(authorization)
    )
  }

  /**
   * Looks the caller up anew; where the database does not answer, who is still remembered is let in once more.
   *
   * Of many requests that come with one key at the same time, one looks it up: the others take over that it is good.
   */
  async check<Refusal>(
    authorization: string,
    lookUp: () => Promise<Result<Caller, Refusal>>,
  ): Promise<Result<Caller, Refusal>> {
    this.#forgetWhatChanged()
    const other = this.#askingOf(authorization)
    const found = other && (await other.caller)
    if (found) return succeed(found)

    const answer = this.#look(authorization, lookUp)
    const caller = answer.then(
      (looked) => (looked.ok ? looked.value : undefined),
      () => undefined, // told to whoever looks
    )
    const asking = { caller, since: this.#time.monotonic() }
    this.#asking.set(authorization, asking)
    try {
      return await answer
    } finally {
      if (this.#asking.get(authorization) === asking) this.#asking.delete(authorization)
    }
  }

  /** A look-up that was begun a while ago says too little of how the key is now. */
  #askingOf(authorization: string): Asking | undefined {
    const asking = this.#asking.get(authorization)
    return asking && this.#time.monotonic() - asking.since < this.#limits.sureFor ? asking : undefined
  }

  async #look<Refusal>(
    authorization: string,
    lookUp: () => Promise<Result<Caller, Refusal>>,
  ): Promise<Result<Caller, Refusal>> {
    const before = this.#known.get(authorization)
    const seen = this.#seen
    const checkedAt = this.#time.monotonic()
    try {
      const found = await lookUp()
      // What was heard of meanwhile may be newer than what was read.
      if (seen !== this.#credentials()) return found
      if (found.ok) this.#keep(authorization, { caller: found.value, checkedAt, askAgainAt: checkedAt })
      else this.#known.delete(authorization)
      return found
    } catch (error) {
      const now = this.#time.monotonic()
      const isRemembered = before !== undefined && seen === this.#credentials()
      if (!isRemembered || now - before.checkedAt >= this.#limits.deafAfter) throw error
      this.#keep(authorization, { ...before, askAgainAt: now + this.#limits.sureFor })
      return { ok: true, value: before.caller }
    }
  }

  /** When something happened to any key, every one is looked up again. */
  #forgetWhatChanged(): void {
    const seen = this.#credentials()
    if (seen === this.#seen) return
    this.#seen = seen
    this.#known.clear()
    this.#asking.clear()
  }

  #keep(authorization: string, known: Known): void {
    if (this.#known.size >= this.#limits.keys) this.#known.clear()
    this.#known.set(authorization, known)
  }
}
