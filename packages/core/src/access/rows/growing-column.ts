/** A column of whole numbers that can be appended to. */
export class GrowingColumn {
  #values = new Uint32Array(16)
  #length = 0

  get length(): number {
    return this.#length
  }

  at(position: number): number {
    return this.#values[position] as number
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Uint32Array(this.#length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.#length++] = value
  }
}
