import type { Bounds } from '../../grant/grant.ts'
import type { GrantId } from '../../id.ts'
import { NumberColumn } from './number-column.ts'
import { PackedIds } from './packed-ids.ts'
import { PositionTable } from './position-table.ts'
import type { StagedGrants } from './staged-grants.ts'
import { subjectKey, type SubjectKey, type SubjectKind } from './subject-key.ts'

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

/** Where the grants of each user, group and connection begin, by number; the three kinds follow each other. */
export type SubjectStarts = Readonly<Record<SubjectKind, Uint32Array>>

/** Grants in columns by position, in the order of their subjects. */
export class GrantColumns {
  readonly #starts: SubjectStarts
  readonly #ids: PackedIds<GrantId>
  readonly #roles: NumberColumn
  readonly #organizations: NumberColumn
  /** Few grants are bounded in time. */
  readonly #bounds = new Map<number, Bounds>()
  #table: PositionTable | undefined

  /** `order` says, for each position, which of the staged grants comes there. */
  constructor(staged: StagedGrants, order: Uint32Array, starts: SubjectStarts) {
    this.#starts = starts
    this.#ids = new PackedIds(Array.from(order, (from) => staged.ids[from] as GrantId))
    this.#roles = new NumberColumn(order.map((from) => staged.roles.at(from)))
    this.#organizations = new NumberColumn(order.map((from) => staged.organizations.at(from)))
    if (staged.bounds.size > 0) {
      order.forEach((from, position) => {
        const bounds = staged.bounds.get(from)
        if (bounds) this.#bounds.set(position, bounds)
      })
    }
  }

  get length(): number {
    return this.#ids.length
  }

  find(id: GrantId): number | undefined {
    this.#table ??= new PositionTable(this.length, (position) => this.#ids.at(position))
    return this.#table.find(id)
  }

  id(position: number): GrantId {
    return this.#ids.at(position)
  }

  subject(position: number): SubjectKey {
    const { user, group, connection } = this.#starts
    if (position < (group[0] as number)) return subjectKey('user', rowOf(user, position))
    if (position < (connection[0] as number)) return subjectKey('group', rowOf(group, position))
    return subjectKey('connection', rowOf(connection, position))
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

/** The last row that starts at or before this position. */
function rowOf(starts: Uint32Array, position: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    const start = starts[middle] as number
    if (start <= position) low = middle
    else high = middle - 1
  }
  return low
}
