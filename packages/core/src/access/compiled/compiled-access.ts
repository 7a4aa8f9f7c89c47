import type { AccountRows } from '../rows/account-rows.ts'
import type { Affected } from '../rows/affected.ts'
import { isExternal, noMember } from '../rows/member-code.ts'
import { ClassSets } from './class-sets.ts'
import { Classes } from './classes.ts'
import { noRecord, Records } from './records.ts'

const pageSize = 128
const pageBits = 7

/** So many classes mean that most are of the past. */
const tooManyClasses = 65_536

/**
 * The compiled access of an account's users at one revision, made when it is first asked for.
 *
 * The users' records stand in pages; the next revision shares every page without an affected user. A page that is
 * shared may be filled in by either revision: its users' access is the same in both.
 */
export class CompiledAccess {
  readonly records: Records
  readonly classes: Classes
  readonly sets: ClassSets
  readonly #pages: (Uint32Array | undefined)[]
  /** Records that several users share, by what they have in common. */
  readonly alike: Map<string, number>

  private constructor(
    shared: Pick<CompiledAccess, 'records' | 'classes' | 'sets' | 'alike'>,
    pages: (Uint32Array | undefined)[],
  ) {
    this.records = shared.records
    this.classes = shared.classes
    this.sets = shared.sets
    this.alike = shared.alike
    this.#pages = pages
  }

  static empty({ blueprint, roles }: AccountRows): CompiledAccess {
    const classes = new Classes()
    const sets = new ClassSets(blueprint, classes, roles)
    return new CompiledAccess({ records: new Records(), classes, sets, alike: new Map() }, [])
  }

  recordOf(user: number): number {
    return this.#pages[user >>> pageBits]?.[user & (pageSize - 1)] ?? noRecord
  }

  keep(user: number, record: number): void {
    this.pageOf(user)[user & (pageSize - 1)] = record
  }

  /** The page that a user's record is on; another one from the revision on in which the user is affected. */
  pageOf(user: number): Uint32Array {
    return (this.#pages[user >>> pageBits] ??= new Uint32Array(pageSize))
  }

  /** Whether starting afresh would free most of the memory. */
  isWasteful(): boolean {
    return this.classes.count > tooManyClasses || this.records.isWaste(() => this.#recordsInUse())
  }

  *#recordsInUse(): Generator<number> {
    for (const page of this.#pages) {
      for (const record of page ?? []) if (record !== noRecord) yield record
    }
  }

  /** What is still true of it after a change. */
  after(rows: AccountRows, affected: Affected): CompiledAccess {
    if (affected.everyone || this.isWasteful()) return CompiledAccess.empty(rows)

    const { records, classes } = this
    const sets =
      rows.roles === this.sets.roles ? this.sets : new ClassSets(rows.blueprint, classes, rows.roles)
    const alike = affected.groups ? new Map<string, number>() : this.alike
    this.#makePages(rows.names.users.count)
    const next = new CompiledAccess({ records, classes, sets, alike }, this.#pages.slice())
    const isFresh = new Set<Uint32Array>()
    for (const user of affected.users) next.#forget(user, isFresh)
    if (affected.outsiders) next.#forgetOutsiders(rows, isFresh)
    return next
  }

  /** A page that is there before it is shared is filled in once for both revisions. */
  #makePages(users: number): void {
    for (let user = 0; user < users; user += pageSize) this.pageOf(user)
  }

  /** Also of those who have no record yet: a shared page would hand the one they get to the other revision. */
  #forgetOutsiders(rows: AccountRows, isFresh: Set<Uint32Array>): void {
    for (let user = 0; user < this.#pages.length * pageSize; user++) {
      const code = rows.members[user] ?? noMember
      if (code === noMember || isExternal(code)) this.#forget(user, isFresh)
    }
  }

  #forget(user: number, isFresh: Set<Uint32Array>): void {
    const number = user >>> pageBits
    const before = this.#pages[number]
    const page = before && isFresh.has(before) ? before : (before?.slice() ?? new Uint32Array(pageSize))
    isFresh.add(page)
    this.#pages[number] = page
    page[user & (pageSize - 1)] = noRecord
  }
}
