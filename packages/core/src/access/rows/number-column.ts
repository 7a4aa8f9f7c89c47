/** In place of a number: there is none. */
export const none = 0xffff_ffff

const half = 0xffff

/** Numbers by position, two bytes each where that is enough; `none` may be among them. */
export class NumberColumn {
  /** Each number and one, so that `none` is nothing whatever the width. */
  readonly #values: Uint16Array | Uint32Array

  constructor(numbers: Uint32Array) {
    const values = numbers.map((number) => number + 1)
    this.#values = values.every((value) => value <= half) ? Uint16Array.from(values) : values
  }

  at(position: number): number {
    return ((this.#values[position] as number) - 1) >>> 0
  }
}
