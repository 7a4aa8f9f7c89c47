import type { Directory } from '../directory.ts'
import { holds, type Condition } from './condition.ts'

/** In place of a record: nothing has been compiled. */
export const noRecord = 0

const header = 3
/** Below this much waste, starting afresh would cost more than it gives back. */
const tolerated = 65_536

/**
 * Compiled access, end to end in one array. A record is: under which condition it holds, the class over the whole
 * account, how many organizations differ from that; these organizations, ascending; the class in each.
 *
 * INVARIANT: only ever appended to, so revisions of an account share one array.
 */
export class Records {
  #words = new Uint32Array(64)
  #length = 1
  #wasted = 0
  readonly #conditions: (Condition | undefined)[] = [undefined]

  write(
    condition: Condition | undefined,
    base: number,
    organizations: readonly number[],
    classes: readonly number[],
  ): number {
    const record = this.#length
    this.#makeRoom(header + organizations.length * 2)
    this.#words[record] = condition ? this.#conditions.push(condition) - 1 : 0
    this.#words[record + 1] = base
    this.#words[record + 2] = organizations.length
    this.#words.set(organizations, record + header)
    this.#words.set(classes, record + header + organizations.length)
    return record
  }

  /** Whether a record still says what is so, at this moment. */
  isTrue(record: number, directory: Directory, at: number): boolean {
    const condition = this.#words[record] as number
    return condition === 0 || holds(this.#conditions[condition] as Condition, directory, at)
  }

  /** The class over the whole account. */
  baseOf(record: number): number {
    return this.#words[record + 1] as number
  }

  /** The class in one organization. */
  classIn(record: number, organization: number): number {
    const words = this.#words
    const count = words[record + 2] as number
    let low = record + header
    let high = low + count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = words[middle] as number
      if (found === organization) return words[middle + count] as number
      if (found < organization) low = middle + 1
      else high = middle - 1
    }
    return words[record + 1] as number
  }

  /** Takes note that a record is of no more use. */
  waste(record: number): void {
    if (record !== noRecord) this.#wasted += header + (this.#words[record + 2] as number) * 2
  }

  get isWasteful(): boolean {
    return this.#wasted > tolerated && this.#wasted * 2 > this.#length
  }

  #makeRoom(count: number): void {
    this.#length += count
    if (this.#length <= this.#words.length) return

    const wider = new Uint32Array(Math.ceil(this.#length * 1.25) + 64)
    wider.set(this.#words)
    this.#words = wider
  }
}
