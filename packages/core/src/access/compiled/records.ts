import type { Directory } from '../directory.ts'
import { isMet, type Condition } from './condition.ts'
import { findClass, roomForClasses, writeClasses } from './class-by-organization.ts'

/** In place of a record: nothing has been compiled. */
export const noRecord = 0

const header = 3
/** Below this much waste, starting afresh would cost more than it gives back. */
const tolerated = 65_536

/**
 * Compiled access, end to end in one array. A record is: under which condition it is true, the class over the whole
 * account, how much room the rest takes; the class in each organization where it is another.
 *
 * INVARIANT: only ever appended to, so revisions of an account share one array.
 */
export class Records {
  #words = new Uint32Array(64)
  #length = 1
  #wasted = 0
  readonly #conditions: (Condition | undefined)[] = [undefined]

  get length(): number {
    return this.#length
  }

  /** A record that is shared by several users is of use for as long as any of them has it. */
  write(
    { condition, isShared }: { readonly condition: Condition | undefined; readonly isShared: boolean },
    base: number,
    inEach: ReadonlyMap<number, number>,
  ): number {
    const record = this.#length
    const room = roomForClasses(inEach)
    this.#makeRoom(header + room)
    const number = condition ? this.#conditions.push(condition) - 1 : 0
    this.#words[record] = number * 2 + (isShared ? 1 : 0)
    this.#words[record + 1] = base
    this.#words[record + 2] = room
    writeClasses(this.#words, record + header, room, inEach)
    return record
  }

  /** Whether a record still says what is so, at this moment. */
  isTrue(record: number, directory: Directory, at: number): boolean {
    const condition = (this.#words[record] as number) >>> 1
    return condition === 0 || isMet(this.#conditions[condition] as Condition, directory, at)
  }

  /** The class over the whole account. */
  baseOf(record: number): number {
    return this.#words[record + 1] as number
  }

  /** The class in one organization. */
  classIn(record: number, organization: number): number {
    const words = this.#words
    const base = words[record + 1] as number
    return findClass(words, record + header, words[record + 2] as number, organization, base)
  }

  /** Takes note that a user has no more use for a record. */
  drop(record: number): void {
    if (((this.#words[record] as number) & 1) === 0) this.waste(record)
  }

  /** Takes note that a record is of no more use. */
  waste(record: number): void {
    if (record !== noRecord) this.#wasted += header + (this.#words[record + 2] as number)
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
