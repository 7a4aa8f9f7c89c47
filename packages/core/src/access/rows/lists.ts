import { GrowingColumn } from './growing-column.ts'

/**
 * Lists of numbers by row: all of them end to end in one array, and where each begins in another.
 *
 * A copy shares both arrays and holds the lists that differ beside them, so that changing one list of an account
 * costs no more than copying what has changed since the arrays were made.
 */
export class Lists {
  readonly #starts: Uint32Array
  readonly #values: Uint32Array
  readonly #changed: Map<number, Uint32Array>

  private constructor(starts: Uint32Array, values: Uint32Array, changed: Map<number, Uint32Array>) {
    this.#starts = starts
    this.#values = values
    this.#changed = changed
  }

  /** Gathers the values of each row, in the order in which they come; `rows` and `values` go side by side. */
  static of(count: number, rows: GrowingColumn, values: GrowingColumn): Lists {
    const starts = new Uint32Array(count + 1)
    for (let i = 0; i < rows.length; i++) {
      const row = rows.at(i)
      starts[row + 1] = (starts[row + 1] as number) + 1
    }
    for (let row = 0; row < count; row++) {
      starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
    }

    const next = starts.slice()
    const gathered = new Uint32Array(rows.length)
    for (let i = 0; i < rows.length; i++) {
      const row = rows.at(i)
      gathered[next[row] as number] = values.at(i)
      next[row] = (next[row] as number) + 1
    }
    return new Lists(starts, gathered, new Map())
  }

  /** How many lists differ from the arrays. */
  get changes(): number {
    return this.#changed.size
  }

  each(row: number, visit: (value: number) => void): void {
    const changed = this.#changed.size > 0 ? this.#changed.get(row) : undefined
    if (changed) {
      for (const value of changed) visit(value)
      return
    }
    const end = this.#starts[row + 1] ?? 0
    for (let i = this.#starts[row] ?? 0; i < end; i++) visit(this.#values[i] as number)
  }

  list(row: number): Uint32Array {
    return this.#changed.get(row) ?? this.#values.subarray(this.#starts[row] ?? 0, this.#starts[row + 1] ?? 0)
  }

  /** The same lists, or with each value replaced, without anything beside the arrays. */
  packed(count: number, replace: (value: number) => number = (value) => value): Lists {
    const rows = new GrowingColumn()
    const values = new GrowingColumn()
    for (let row = 0; row < count; row++) {
      this.each(row, (value) => {
        rows.push(row)
        values.push(replace(value))
      })
    }
    return Lists.of(count, rows, values)
  }

  copy(): Lists {
    return new Lists(this.#starts, this.#values, new Map(this.#changed))
  }

  /** INVARIANT: called only by whoever made the copy, before anybody else reads it. */
  set(row: number, values: Iterable<number>): void {
    this.#changed.set(row, Uint32Array.from(values))
  }
}
