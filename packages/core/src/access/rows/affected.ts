import type { AccountRows } from './account-rows.ts'
import { kindOf, numberOf, type SubjectKind } from './subject-key.ts'

/** Whose access may differ after a change. */
export class Affected {
  readonly users = new Set<number>()
  /** Everybody who can come through a connection. */
  outsiders = false
  /** Everybody who is in a group. */
  groups = false
  everyone = false

  /** Everybody to whom a grant to this subject reaches. */
  subject(rows: AccountRows, kind: SubjectKind, number: number): void {
    if (kind === 'user') this.users.add(number)
    else if (kind === 'connection') this.outsiders = true
    else {
      this.groups = true
      rows.membersOf.each(number, (key) => this.subject(rows, kindOf(key), numberOf(key)))
    }
  }
}
