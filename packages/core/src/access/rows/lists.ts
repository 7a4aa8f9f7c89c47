import type { GrowingColumn } from './growing-column.ts'

/**
 * Lists of numbers by row: all of them end to end in one array, and where each begins in another.
 *
 * A copy shares both arrays and holds the lists that differ beside them, so that changing one list of an account
 * costs no more than copying what has changed since the arrays were made.
 */
export class Lists {
  readonly #starts: Uint32Array
  /** Nothing where every value is the position at which it would stand. */
  readonly #values: Uint32Array | undefined
  readonly #changed: Map<number, Uint32Array>

  private constructor(
    starts: Uint32Array,
    values: Uint32Array | undefined,
    changed = new Map<number, Uint32Array>(),
  ) {
    this.#starts = starts
    this.#values = values
    this.#changed = changed
  }

  /** Gathers the values of each row, in the order in which they come; `rows` and `values` go side by side. */
  static of(count: number, rows: GrowingColumn, values: GrowingColumn): Lists {
    const starts = startsOf(count, rows)
    const next = starts.slice()
    const gathered = new Uint32Array(rows.length)
    for (let i = 0; i < rows.length; i++) {
      const row = rows.at(i)
      gathered[next[row] as number] = values.at(i)
      next[row] = (next[row] as number) + 1
    }
    return new Lists(starts, gathered)
  }

  /** Rows of positions that follow each other: row by row, from where the first one starts. */
  static runs(starts: Uint32Array): Lists {
    return new Lists(starts, undefined)
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
    for (let i = this.#starts[row] ?? 0; i < end; i++) visit(this.#values ? (this.#values[i] as number) : i)
  }

  list(row: number): Uint32Array {
    const changed = this.#changed.get(row)
    if (changed) return changed

    const start = this.#starts[row] ?? 0
    const end = this.#starts[row + 1] ?? start
    return (
      this.#values?.subarray(start, end) ?? Uint32Array.from({ length: end - start }, (_, i) => start + i)
    )
  }

  copy(): Lists {
    return new Lists(this.#starts, this.#values, new Map(this.#changed))
  }

  /** INVARIANT: called only by whoever made the copy, before anybody else reads it. */
  set(row: number, values: Iterable<number>): void {
    this.#changed.set(row, Uint32Array.from(values))
  }
}

/** Where the list of each row begins, and where the last one ends, when all are put end to end. */
export function startsOf(count: number, rows: GrowingColumn): Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (let i = 0; i < rows.length; i++) {
    const row = rows.at(i)
    starts[row + 1] = (starts[row + 1] as number) + 1
  }
  for (let row = 0; row < count; row++) {
    starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  }
  return starts
}
