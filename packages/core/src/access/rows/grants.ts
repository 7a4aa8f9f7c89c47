import type { Bounds } from '../../grant/grant.ts'
import type { GrantId } from '../../id.ts'
import type { GrantColumns, GrantRow } from './grant-columns.ts'
import { none } from './number-column.ts'
import type { SubjectKey } from './subject-key.ts'

/**
 * An account's grants by position: columns that all revisions share, and after them the grants that have come since.
 * Which positions count is said by the lists of grants by subject.
 */
export class Grants {
  readonly #columns: GrantColumns
  readonly #recent: GrantRow[]
  /** The positions of grants by id, where they are not those of the columns; `none` for those taken away. */
  readonly #moved: Map<GrantId, number>

  constructor(columns: GrantColumns, recent: GrantRow[] = [], moved = new Map<GrantId, number>()) {
    this.#columns = columns
    this.#recent = recent
    this.#moved = moved
  }

  get length(): number {
    return this.#columns.length + this.#recent.length
  }

  /** How much stands beside the columns. */
  get changes(): number {
    return this.#recent.length + this.#moved.size
  }

  find(id: GrantId): number | undefined {
    const position = this.#moved.get(id) ?? this.#columns.find(id)
    return position === none ? undefined : position
  }

  id(position: number): GrantId {
    return this.#recentAt(position)?.id ?? this.#columns.id(position)
  }

  subject(position: number): SubjectKey {
    return this.#recentAt(position)?.subject ?? this.#columns.subject(position)
  }

  /** The role's number, or `none`. */
  role(position: number): number {
    return this.#recentAt(position)?.role ?? this.#columns.role(position)
  }

  /** The organization's number, or `none` for the whole account. */
  organization(position: number): number {
    return this.#recentAt(position)?.organization ?? this.#columns.organization(position)
  }

  bounds(position: number): Bounds {
    return this.#recentAt(position)?.bounds ?? this.#columns.bounds(position)
  }

  row(position: number): GrantRow {
    return (
      this.#recentAt(position) ?? {
        id: this.id(position),
        subject: this.subject(position),
        role: this.role(position),
        organization: this.organization(position),
        bounds: this.bounds(position),
      }
    )
  }

  copy(): Grants {
    return new Grants(this.#columns, this.#recent.slice(), new Map(this.#moved))
  }

  /** INVARIANT: like `remove`, called only by whoever made the copy, before anybody else reads it. */
  push(grant: GrantRow): number {
    const position = this.length
    this.#recent.push(grant)
    this.#moved.set(grant.id, position)
    return position
  }

  remove(position: number): void {
    this.#moved.set(this.id(position), none)
  }

  #recentAt(position: number): GrantRow | undefined {
    const first = this.#columns.length
    return position < first ? undefined : this.#recent[position - first]
  }
}
