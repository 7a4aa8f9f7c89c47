/**
 * Ids by position, end to end in one string: half the memory of a string for each, which counts where an account has
 * a hundred thousand grants whose ids are read only to explain.
 */
export class PackedIds<Id extends string> {
  readonly #text: string
  readonly #count: number
  /** Where each id ends; nothing where all of them are as long as each other. */
  readonly #ends: Uint32Array | undefined

  constructor(ids: readonly Id[]) {
    this.#text = ids.join('')
    this.#count = ids.length
    this.#ends = ids.every(({ length }) => length === ids[0]?.length) ? undefined : endsOf(ids)
  }

  get length(): number {
    return this.#count
  }

  at(position: number): Id {
    return this.#text.slice(this.#endOf(position - 1), this.#endOf(position)) as Id
  }

  #endOf(position: number): number {
    if (position < 0) return 0
    return this.#ends ? (this.#ends[position] as number) : ((position + 1) * this.#text.length) / this.#count
  }
}

function endsOf(ids: readonly string[]): Uint32Array {
  let end = 0
  return Uint32Array.from(ids, ({ length }) => (end += length))
}
