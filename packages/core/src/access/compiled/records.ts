import type { Directory } from '../directory.ts'
import { isMet, type Condition } from './condition.ts'
import { findClass, roomForClasses, writeClasses } from './class-by-organization.ts'

/** In place of a record: nothing has been compiled. */
export const noRecord = 0

const header = 3
/** Up to this many words, starting afresh would give back less than it costs. */
const small = 4096

/**
 * Compiled access, end to end in one array. A record is: under which condition it is true, the class over the whole
 * account, how much room the rest takes; the class in each organization where it is another.
 *
 * INVARIANT: only ever appended to, so revisions of an account share one array.
 */
export class Records {
  #words = new Uint32Array(64)
  #length = 1
  #reviewAt = small
  readonly #conditions: (Condition | undefined)[] = [undefined]

  get length(): number {
    return this.#length
  }

  write(condition: Condition | undefined, base: number, inEach: ReadonlyMap<number, number>): number {
    const record = this.#length
    const room = roomForClasses(inEach)
    this.#makeRoom(header + room)
    this.#words[record] = condition ? this.#conditions.push(condition) - 1 : 0
    this.#words[record + 1] = base
    this.#words[record + 2] = room
    writeClasses(this.#words, record + header, room, inEach)
    return record
  }

  /** Whether a record still says what is so, at this moment. */
  isTrue(record: number, directory: Directory, at: number): boolean {
    const condition = this.#words[record] as number
    return condition === 0 || isMet(this.#conditions[condition] as Condition, directory, at)
  }

  /** The class in one organization, or over the whole account where that is `none`. */
  classIn(record: number, organization: number): number {
    const words = this.#words
    const base = words[record + 1] as number
    return findClass(words, record + header, words[record + 2] as number, organization, base)
  }

  /**
   * Whether most of this is of no more use, when these are the records that are. Looks only once in a while, each time
   * that a quarter more has been written: another revision may share the records and use what this one does not.
   */
  isWaste(inUse: () => Iterable<number>): boolean {
    if (this.#length < this.#reviewAt) return false

    let used = 0
    for (const record of new Set(inUse())) used += header + (this.#words[record + 2] as number)
    const tooMuch = used * 2 + small
    this.#reviewAt = Math.max(tooMuch, Math.ceil(this.#length * 1.25))
    return this.#length >= tooMuch
  }

  #makeRoom(count: number): void {
    this.#length += count
    if (this.#length <= this.#words.length) return

    const wider = new Uint32Array(Math.ceil(this.#length * 1.125) + 64)
    wider.set(this.#words)
    this.#words = wider
  }
}
