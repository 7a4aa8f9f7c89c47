import type { Blueprint } from '../../blueprint/blueprint.ts'
import { emptySet, union, type PermissionSet } from '../../role/permission-set.ts'
import { carried } from '../carried.ts'
import type { Role } from '../rows/account-rows.ts'
import type { Classes, Term } from './classes.ts'

/** The permissions of each class under the roles as they are at one revision; made anew when a role is edited. */
export class ClassSets {
  readonly #blueprint: Blueprint
  readonly #classes: Classes
  readonly #width: number
  #words = new Uint32Array(0)
  #filled = 0
  readonly roles: readonly (Role | undefined)[]

  constructor(blueprint: Blueprint, classes: Classes, roles: readonly (Role | undefined)[]) {
    this.#blueprint = blueprint
    this.#classes = classes
    this.#width = emptySet(blueprint.size).length
    this.roles = roles
  }

  has(number: number, bit: number): boolean {
    if (number >= this.#filled) this.#fill()
    const word = this.#words[number * this.#width + (bit >>> 5)] as number
    return (word & (1 << (bit & 31))) !== 0
  }

  set(number: number): PermissionSet {
    if (number >= this.#filled) this.#fill()
    return this.#words.slice(number * this.#width, (number + 1) * this.#width) as PermissionSet
  }

  /** Another revision that shares the classes may have added some. */
  #fill(): void {
    const count = this.#classes.count
    const words = new Uint32Array(Math.max(count * this.#width, this.#words.length))
    words.set(this.#words)
    for (let number = this.#filled; number < count; number++) {
      const sets = this.#classes.termsOf(number).map((term) => this.#setOf(term))
      words.set(sets.reduce(union, emptySet(this.#blueprint.size)), number * this.#width)
    }
    this.#words = words
    this.#filled = count
  }

  #setOf({ role, isOverAccount, ceiling }: Term): PermissionSet {
    return carried(
      this.#blueprint,
      this.#permissionsOf(role),
      isOverAccount,
      ceiling && { maximum: this.#permissionsOf(ceiling.maximum), standing: ceiling.standing },
    )
  }

  #permissionsOf(role: number): PermissionSet {
    return this.roles[role]?.permissions ?? emptySet(this.#blueprint.size)
  }
}
