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

/** A grant by numbers. */
export interface GrantRow {
  readonly id: GrantId
  readonly subject: SubjectKey
  /** The role's number, or `none`. */
  readonly role: number
  /** The organization's number, or `none` for the whole account. */
  readonly organization: number
  readonly bounds: Bounds
}

/** Grants in columns, by position; not changed any more once they are packed. */
export class GrantColumns {
  readonly #ids = new PackedIds<GrantId>()
  readonly #subjects = new GrowingColumn()
  readonly #roles = new GrowingColumn()
  readonly #organizations = new GrowingColumn()
  /** Few grants are bounded in time. */
  readonly #bounds = new Map<number, Bounds>()
  #table: PositionTable | undefined

  get length(): number {
    return this.#roles.length
  }

  /** Appends a grant and returns its position. */
  push({ id, subject, role, organization, bounds }: GrantRow): number {
    const position = this.length
    this.#ids.push(id)
    this.#subjects.push(subject)
    this.#roles.push(role)
    this.#organizations.push(organization)
    if (bounds !== always) this.#bounds.set(position, bounds)
    return position
  }

  /** Makes the columns as small as they can be. */
  pack(): void {
    this.#ids.pack()
    for (const column of [this.#subjects, this.#roles, this.#organizations]) column.trim()
  }

  find(id: GrantId): number | undefined {
    this.#table ??= new PositionTable(this.length, (position) => this.#ids.at(position))
    return this.#table.find(id)
  }

  id(position: number): GrantId {
    return this.#ids.at(position)
  }

  subject(position: number): SubjectKey {
    return this.#subjects.at(position)
  }

  role(position: number): number {
    return this.#roles.at(position)
  }

  organization(position: number): number {
    return this.#organizations.at(position)
  }

  bounds(position: number): Bounds {
    return (this.#bounds.size > 0 && this.#bounds.get(position)) || always
  }
}
