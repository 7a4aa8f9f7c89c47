/**
 * Numbers for ids, given out in order.
 *
 * INVARIANT: a number once given out means the same id for ever, so every revision of an account can share
 * one table, whatever was added or removed between them.
 */
export class Names<Id extends string> {
  readonly #numbers = new Map<Id, number>()
  readonly #ids: Id[] = []

  get count(): number {
    return this.#ids.length
  }

  /** The number of an id that has one. */
  find(id: Id): number | undefined {
    return this.#numbers.get(id)
  }

  /** The number of an id, which is given one where it has none. */
  number(id: Id): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known

    this.#numbers.set(id, this.#ids.length)
    return this.#ids.push(id) - 1
  }

  id(number: number): Id {
    const id = this.#ids[number]
    if (id === undefined) throw new RangeError(`No id has the number ${number}`)
    return id
  }
}
