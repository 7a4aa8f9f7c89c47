import type { PermissionSet } from '../../role/permission-set.ts'

/**
 * What one grant adds, said without naming permissions, so that it stays true when a role is edited: a role, over
 * the whole account or not, and under which maximum role and standing where it comes through a connection.
 */
export interface Term {
  readonly role: number
  readonly isOverAccount: boolean
  readonly ceiling?: { readonly maximum: number; readonly standing: PermissionSet } | undefined
}

/** The class of having nothing. */
export const emptyClass = 0

/**
 * The classes of access that occur in an account: sets of terms, each kept once.
 *
 * INVARIANT: only ever appended to, so revisions of an account share one table.
 */
export class Classes {
  readonly #terms: Term[] = []
  readonly #plain = new Map<number, number>()
  readonly #underCeiling = new Map<string, number>()
  readonly #classes: (readonly number[])[] = [[]]
  readonly #classNumbers = new Map<string, number>([['', emptyClass]])
  /** For each class, what it becomes with one more term. */
  readonly #steps: Map<number, number>[] = [new Map()]

  get count(): number {
    return this.#classes.length
  }

  termsOf(number: number): readonly Term[] {
    return (this.#classes[number] ?? []).map((term) => this.#terms[term] as Term)
  }

  /** The number of a term without ceilings, to be added to classes. */
  termOf(role: number, isOverAccount: boolean): number {
    const key = role * 2 + (isOverAccount ? 1 : 0)
    const known = this.#plain.get(key)
    if (known !== undefined) return known

    const term = this.#push({ role, isOverAccount })
    this.#plain.set(key, term)
    return term
  }

  /** The number of a term under ceilings. */
  termUnder(ceiling: NonNullable<Term['ceiling']>, role: number, isOverAccount: boolean): number {
    const over = isOverAccount ? 'account' : 'organization'
    const key = `${role} ${over} ${ceiling.maximum} ${ceiling.standing.join(' ')}`
    const known = this.#underCeiling.get(key)
    if (known !== undefined) return known

    const term = this.#push({ role, isOverAccount, ceiling })
    this.#underCeiling.set(key, term)
    return term
  }

  #push(term: Term): number {
    return this.#terms.push(term) - 1
  }

  /** The class of having everything in a class, and this term. */
  with(number: number, term: number): number {
    const known = this.#steps[number]?.get(term)
    if (known !== undefined) return known

    const next = this.#classOf([...new Set([...(this.#classes[number] ?? []), term])].sort((a, b) => a - b))
    this.#steps[number]?.set(term, next)
    return next
  }

  #classOf(terms: readonly number[]): number {
    const key = terms.join(' ')
    const known = this.#classNumbers.get(key)
    if (known !== undefined) return known

    this.#classNumbers.set(key, this.#classes.length)
    this.#steps.push(new Map())
    return this.#classes.push(terms) - 1
  }
}
