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

/** More than any account has; a class and a term make one number. */
const mostTerms = 2 ** 20

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
  /** The terms of each class in ascending order, as text: an account has many classes and seldom reads one. */
  readonly #classes = ['']
  readonly #classNumbers = new Map<string, number>()
  /** What a class becomes with one more term. */
  readonly #steps = new Map<number, number>()

  get count(): number {
    return this.#classes.length
  }

  termsOf(number: number): readonly Term[] {
    return this.#termNumbersOf(number).map((term) => this.#terms[term] as Term)
  }

  #termNumbersOf(number: number): readonly number[] {
    const text = this.#classes[number]
    return text ? text.split(' ').map(Number) : []
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
    const step = number * mostTerms + term
    const known = this.#steps.get(step)
    if (known !== undefined) return known

    const next = this.#classOf(new Set([...this.#termNumbersOf(number), term]))
    this.#steps.set(step, next)
    return next
  }

  #classOf(terms: ReadonlySet<number>): number {
    const text = [...terms].sort((a, b) => a - b).join(' ')
    const known = this.#classNumbers.get(text)
    if (known !== undefined) return known

    this.#classNumbers.set(text, this.#classes.length)
    return this.#classes.push(text) - 1
  }
}
