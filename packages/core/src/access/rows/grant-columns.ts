import type { Bounds } from '../../grant/grant.ts'
import type { GrantId } from '../../id.ts'
import { GrowingColumn } from './growing-column.ts'
import { PackedIds } from './packed-ids.ts'
import { PositionTable } from './position-table.ts'
import type { SubjectKey } from './subject-key.ts'

/** In place of a role or an organization: there is none. */
export const none = 0xffff_ffff

/** The bounds of a grant that has none. */
export const always: Bounds = {}

/**
 * Grants in columns, by position.
 *
 * INVARIANT: only ever appended to, so revisions of an account share them; which positions count is said by the
 * lists of grants by subject.
 */
export class GrantColumns {
  readonly #ids = new PackedIds<GrantId>()
  readonly #subjects = new GrowingColumn()
  readonly #roles = new GrowingColumn()
  readonly #organizations = new GrowingColumn()
  /** Few grants are bounded in time. */
  readonly #bounds = new Map<number, Bounds>()
  #table: PositionTable | undefined
  #packed = 0

  get length(): number {
    return this.#roles.length
  }

  /** Appends a grant and returns its position. */
  push(id: GrantId, subject: SubjectKey, role: number, organization: number, bounds: Bounds): number {
    const position = this.length
    this.#ids.push(id)
    this.#subjects.push(subject)
    this.#roles.push(role)
    this.#organizations.push(organization)
    const { startsAt, endsAt } = bounds
    if (startsAt !== undefined || endsAt !== undefined) this.#bounds.set(position, { startsAt, endsAt })
    return position
  }

  /** Makes the columns as small as they can be, once the bulk of the grants has come. */
  pack(): void {
    this.#ids.pack()
    this.#packed = this.length
    for (const column of [this.#subjects, this.#roles, this.#organizations]) column.trim()
  }

  /** The position of a grant that was there when the columns were packed. */
  findPacked(id: GrantId): number | undefined {
    this.#table ??= new PositionTable(this.#packed, (position) => this.#ids.at(position))
    return this.#table.find(id)
  }

  id(position: number): GrantId {
    return this.#ids.at(position)
  }

  subject(position: number): SubjectKey {
    return this.#subjects.at(position)
  }

  /** The role's number, or `none`. */
  role(position: number): number {
    return this.#roles.at(position)
  }

  /** The organization's number, or `none` for the whole account. */
  organization(position: number): number {
    return this.#organizations.at(position)
  }

  bounds(position: number): Bounds {
    return (this.#bounds.size > 0 && this.#bounds.get(position)) || always
  }
}
