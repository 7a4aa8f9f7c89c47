import type { Password, Result } from '@keyholder/core'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { BoundedQueue, type TooBusy } from './bounded-queue.ts'

/** argon2id, version 19, as OWASP advises: about 10 ms and 19 MiB for each. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Nobody's password: what is tried for people who do not exist costs what it costs for others. */
const nobodys =
  '$argon2id$v=19$m=19456,t=2,p=1$a2V5aG9sZGVyIG5vYm9keQ$2iMgdmBO3Wl0ZHl1vzDbsX+gX5BBnoYpIq0tHOmf0FQ'

/** Two at a time leave half of the thread pool to the rest; fifty wait about a quarter of a second. */
const bounds = { running: 2, waiting: 50 } as const

/** More than these cannot have their password looked at in the time that people wait. */
export const mostAtOnce = bounds.running + bounds.waiting

/** Hashes and compares passwords, no more at a time than the machine has room for. */
export class HashQueue {
  readonly #queue: BoundedQueue

  constructor(queue: BoundedQueue = new BoundedQueue(bounds)) {
    this.#queue = queue
  }

  /** The hash of a new password, with its salt and cost in it. */
  hash(password: Password): Promise<Result<string, TooBusy>> {
    return this.#queue.run(() => hash(password, cost))
  }

  /**
   * Whether this is the password of the hash. Without a hash, or without a password that could be anybody's, it is not,
   * and finding that out takes as long.
   */
  verify(stored: string | undefined, password: Password | undefined): Promise<Result<boolean, TooBusy>> {
    return this.#queue.run(async () => {
      const same = await verify(stored ?? nobodys, password ?? '')
      return same && stored !== undefined && password !== undefined
    })
  }

  /** Nothing new is begun; whoever waits is refused. */
  close(): void {
    this.#queue.close()
  }
}

/** Whether a hash was made at another cost than new ones are, so that it is made anew when the password is at hand. */
export function needsRehash(stored: string): boolean {
  const made = parseOptions(stored)
  return (
    !stored.startsWith('$argon2id$v=19$') ||
    made.memoryCost !== cost.memoryCost ||
    made.timeCost !== cost.timeCost ||
    made.parallelism !== cost.parallelism
  )
}
