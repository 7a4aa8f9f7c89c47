import type { Connection } from '../../connection/connection.ts'
import type { Grant } from '../../grant/grant.ts'
import type { Group, GroupMember } from '../../group/group.ts'
import type { AccountFacts } from '../facts.ts'
import type { AccountRows, Role } from './account-rows.ts'
import type { Grants } from './grants.ts'
import type { Lists } from './lists.ts'
import { noMember, type MemberCode } from './member-code.ts'
import { grantRow } from './rows-builder.ts'
import { subjectKey, type SubjectKind } from './subject-key.ts'

/** The next revision of an account's rows while it is being made: copies a part at its first change. */
export class RowsDraft {
  #rows: { -readonly [Part in keyof AccountRows]: AccountRows[Part] }
  readonly #copied = new Set<Lists>()
  #grants: Grants | undefined

  constructor(rows: AccountRows, revision: number) {
    this.#rows = { ...rows, revision }
  }

  get rows(): AccountRows {
    return this.#rows
  }

  setStatus(status: AccountFacts['status']): void {
    this.#rows.status = status
  }

  setOrganization(number: number, present: 0 | 1): void {
    const organizations = new Uint8Array(Math.max(number + 1, this.#rows.organizations.length))
    organizations.set(this.#rows.organizations)
    organizations[number] = present
    this.#rows.organizations = organizations
  }

  setRole(number: number, role: Role | undefined): void {
    this.#rows.roles = replaced(this.#rows.roles, number, role)
  }

  setGroup(number: number, group: Omit<Group, 'members'> | undefined): void {
    this.#rows.groups = replaced(this.#rows.groups, number, group)
  }

  setConnection(number: number, connection: Connection): void {
    this.#rows.connections = replaced(this.#rows.connections, number, connection)
  }

  setMember(user: number, code: MemberCode): void {
    const members = new Uint32Array(Math.max(user + 1, this.#rows.members.length)).fill(noMember)
    members.set(this.#rows.members)
    members[user] = code
    this.#rows.members = members
  }

  setGroupsOf(kind: GroupMember['kind'], number: number, groups: Iterable<number>): void {
    const own = this.#own(this.#rows.groupsOf[kind])
    own.set(number, groups)
    this.#rows.groupsOf = { ...this.#rows.groupsOf, [kind]: own }
  }

  setMembersOf(group: number, members: Iterable<number>): void {
    const own = this.#own(this.#rows.membersOf)
    own.set(group, members)
    this.#rows.membersOf = own
  }

  /** Adds a grant that was not there. */
  addGrant(kind: SubjectKind, subject: number, grant: Grant): void {
    const position = this.#ownGrants().push(grantRow(this.#rows.names, grant, subjectKey(kind, subject)))
    this.#setGrantsTo(kind, subject, [...this.#rows.grantsTo[kind].list(subject), position])
  }

  /** Keeps only some of a subject's grants, and says whether that changed anything. */
  keepGrants(kind: SubjectKind, subject: number, keep: (position: number) => boolean): boolean {
    const positions = this.#rows.grantsTo[kind].list(subject)
    if (positions.every(keep)) return false

    for (const position of positions) {
      if (!keep(position)) this.#ownGrants().remove(position)
    }
    this.#setGrantsTo(kind, subject, positions.filter(keep))
    return true
  }

  #setGrantsTo(kind: SubjectKind, subject: number, positions: Iterable<number>): void {
    const own = this.#own(this.#rows.grantsTo[kind])
    own.set(subject, positions)
    this.#rows.grantsTo = { ...this.#rows.grantsTo, [kind]: own }
  }

  #ownGrants(): Grants {
    if (!this.#grants) this.#rows.grants = this.#grants = this.#rows.grants.copy()
    return this.#grants
  }

  #own(lists: Lists): Lists {
    if (this.#copied.has(lists)) return lists

    const copy = lists.copy()
    this.#copied.add(copy)
    return copy
  }
}

function replaced<Item>(
  items: readonly (Item | undefined)[],
  number: number,
  item: Item | undefined,
): (Item | undefined)[] {
  const copy = items.slice()
  copy[number] = item
  return copy
}
