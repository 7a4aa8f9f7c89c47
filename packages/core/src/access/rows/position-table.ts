const empty = 0xffff_ffff

/** Finds the position of an id by its hash, at four to eight bytes an id, where a map of strings takes seventy. */
export class PositionTable {
  readonly #slots: Uint32Array
  readonly #idAt: (position: number) => string

  constructor(count: number, idAt: (position: number) => string) {
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(count * 1.5 + 1))).fill(empty)
    this.#idAt = idAt
    for (let position = 0; position < count; position++) {
      this.#slots[this.#slotOf(idAt(position))] = position
    }
  }

  find(id: string): number | undefined {
    const position = this.#slots[this.#slotOf(id)] as number
    return position === empty ? undefined : position
  }

  /** The slot where the id is, or where it would go. */
  #slotOf(id: string): number {
    const last = this.#slots.length - 1
    let slot = hash(id) & last
    for (;;) {
      const position = this.#slots[slot] as number
      if (position === empty || this.#idAt(position) === id) return slot
      slot = (slot + 1) & last
    }
  }
}

/** FNV-1a. */
function hash(id: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < id.length; i++) value = Math.imul(value ^ id.charCodeAt(i), 0x01000193)
  return value >>> 0
}
