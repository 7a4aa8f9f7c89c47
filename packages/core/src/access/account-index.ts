import type { Blueprint } from '../blueprint/blueprint.ts'
import type { Connection } from '../connection/connection.ts'
import type { Grant, Subject } from '../grant/grant.ts'
import type { Group } from '../group/group.ts'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { Member } from '../user/member.ts'
import type { AccessChange } from './access-change.ts'
import { CompiledAccess } from './compiled/compiled-access.ts'
import type { AccountFacts } from './facts.ts'
import {
  findGrant,
  findOrganization,
  findSubject,
  grantAt,
  groupAt,
  memberAt,
  organizationsIn,
  type AccountRows,
  type Role,
} from './rows/account-rows.ts'
import { changeRows } from './rows/change-rows.ts'
import { factsOfRows } from './rows/facts-of-rows.ts'
import { changesIn, packRows } from './rows/pack-rows.ts'
import { RowsBuilder } from './rows/rows-builder.ts'

/** So many changes beside the columns are put up with before they are moved in. */
const loose = 256

/**
 * Everything that decides access in one account at one revision, compact and quick to ask.
 *
 * A revision is never changed: `withChanges` makes the next one, which shares with this one whatever the changes do
 * not touch, compiled answers included.
 */
export class AccountIndex {
  readonly rows: AccountRows
  #compiled: CompiledAccess

  constructor(rows: AccountRows, compiled: CompiledAccess = CompiledAccess.empty(rows)) {
    this.rows = rows
    this.#compiled = compiled
  }

  static of(blueprint: Blueprint, facts: AccountFacts): AccountIndex {
    const builder = new RowsBuilder(blueprint, {
      id: facts.id,
      status: facts.status,
      revision: facts.revision,
    })
    for (const organization of facts.organizations) builder.organization(organization)
    for (const role of facts.roles) builder.role(role)
    for (const member of facts.members) builder.member(member)
    for (const group of facts.groups) {
      builder.group(group)
      for (const member of group.members) builder.groupMember(group.id, member)
    }
    for (const connection of facts.connections) builder.connection(connection)
    for (const grant of facts.grants) builder.grant(grant)
    return new AccountIndex(builder.build())
  }

  get id(): AccountId {
    return this.rows.id
  }

  get status(): AccountFacts['status'] {
    return this.rows.status
  }

  get revision(): number {
    return this.rows.revision
  }

  get compiled(): CompiledAccess {
    return this.#compiled
  }

  /** Forgets what was compiled where most of it is of no more use. */
  tidy(): void {
    if (this.#compiled.isWasteful()) this.#compiled = CompiledAccess.empty(this.rows)
  }

  /** The account after these changes, in order. This one stays as it is. */
  withChanges(changes: readonly AccessChange[], revision: number = this.revision + 1): AccountIndex {
    const { rows, affected } = changeRows(this.rows, changes, revision)
    const compiled = this.#compiled.after(rows, affected)
    const isLoose = changesIn(rows) > Math.max(loose, rows.names.users.count / 16)
    return new AccountIndex(isLoose ? packRows(rows) : rows, compiled)
  }

  /** The plain facts that this revision stands for. */
  facts(): AccountFacts {
    return factsOfRows(this.rows)
  }

  member(user: UserId): Member | undefined {
    const number = this.rows.names.users.find(user)
    return number === undefined ? undefined : memberAt(this.rows, number)
  }

  /** A built-in or a custom role. */
  role(id: RoleId): Role | undefined {
    const number = this.rows.names.roles.find(id)
    return number === undefined ? undefined : this.rows.roles[number]
  }

  group(id: GroupId): Group | undefined {
    const number = this.rows.names.groups.find(id)
    return number === undefined ? undefined : groupAt(this.rows, number)
  }

  connection(id: ConnectionId): Connection | undefined {
    const number = this.rows.names.connections.find(id)
    return number === undefined ? undefined : this.rows.connections[number]
  }

  grant(id: GrantId): Grant | undefined {
    const position = findGrant(this.rows, id)
    return position === undefined ? undefined : grantAt(this.rows, position)
  }

  organizations(): readonly OrganizationId[] {
    return organizationsIn(this.rows)
  }

  hasOrganization(id: OrganizationId): boolean {
    return findOrganization(this.rows, id) !== undefined
  }

  /** The grants whose subject is this one itself, and not a group that it is in. */
  grantsTo(subject: Subject): readonly Grant[] {
    const number = findSubject(this.rows, subject)
    if (number === undefined) return []
    const positions = this.rows.grantsTo[subject.kind].list(number)
    return Array.from(positions, (position) => grantAt(this.rows, position))
  }

  /** The groups that a user or a connection is in. */
  groupsOf(subject: Exclude<Subject, { kind: 'group' }>): readonly GroupId[] {
    const number = findSubject(this.rows, subject)
    if (number === undefined) return []
    return Array.from(this.rows.groupsOf[subject.kind].list(number), (group) =>
      this.rows.names.groups.id(group),
    )
  }
}
