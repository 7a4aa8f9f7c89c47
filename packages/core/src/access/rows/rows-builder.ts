import type { Blueprint } from '../../blueprint/blueprint.ts'
import type { Connection } from '../../connection/connection.ts'
import type { Bounds, Grant, Subject } from '../../grant/grant.ts'
import type { Group, GroupMember } from '../../group/group.ts'
import type { GroupId, OrganizationId } from '../../id.ts'
import type { CustomRole } from '../../role/role.ts'
import type { Member } from '../../user/member.ts'
import type { AccountFacts } from '../facts.ts'
import type { AccountNames, AccountRows, Role } from './account-rows.ts'
import { gatherGrants } from './gather-grants.ts'
import { always, type GrantRow } from './grant-columns.ts'
import { GrowingColumn } from './growing-column.ts'
import { Lists } from './lists.ts'
import { encodeMember } from './member-code.ts'
import { Names } from './names.ts'
import { none } from './number-column.ts'
import { StagedGrants } from './staged-grants.ts'
import { subjectKey, type SubjectKey } from './subject-key.ts'

/**
 * Puts an account's rows into columns as they stream from wherever they are kept, in any order.
 *
 * No object is kept for a member, a membership or a grant, so an account of any size is loaded in little more
 * memory than its index takes.
 */
export class RowsBuilder {
  readonly #blueprint: Blueprint
  readonly #account: Pick<AccountFacts, 'id' | 'status' | 'revision'>
  readonly #names: AccountNames = emptyNames()
  readonly #organizations: (number | undefined)[] = []
  readonly #roles: (Role | undefined)[] = []
  readonly #groups: (Omit<Group, 'members'> | undefined)[] = []
  readonly #connections: (Connection | undefined)[] = []
  readonly #members: (number | undefined)[] = []
  readonly #grants = new StagedGrants()
  readonly #groupsOf = { user: new Pairs(), connection: new Pairs() }
  readonly #membersOf = new Pairs()

  constructor(blueprint: Blueprint, account: Pick<AccountFacts, 'id' | 'status' | 'revision'>) {
    this.#blueprint = blueprint
    this.#account = account
    for (const role of blueprint.roles) this.#roles[this.#names.roles.number(role.id)] = role
  }

  organization(id: OrganizationId): void {
    this.#organizations[this.#names.organizations.number(id)] = 1
  }

  role(role: CustomRole): void {
    if (this.#blueprint.role.has(role.id)) return
    this.#roles[this.#names.roles.number(role.id)] = role
  }

  member(member: Member): void {
    this.#members[this.#names.users.number(member.user)] = encodeMember(this.#names.accounts, member)
  }

  group({ id, key, name, kind }: Omit<Group, 'members'>): void {
    this.#groups[this.#names.groups.number(id)] = { id, key, name, kind }
  }

  groupMember(group: GroupId, member: GroupMember): void {
    const number = this.#names.groups.number(group)
    const subject = numberFor(this.#names, member)
    this.#groupsOf[member.kind].push(subject, number)
    this.#membersOf.push(number, subjectKey(member.kind, subject))
  }

  connection(connection: Connection): void {
    this.#connections[numberConnection(this.#names, connection)] = connection
  }

  grant(grant: Grant): void {
    const { kind } = grant.subject
    const subject = numberFor(this.#names, grant.subject)
    this.#grants.push(grantRow(this.#names, grant, subjectKey(kind, subject)))
  }

  build(): AccountRows {
    const { users, groups, connections } = this.#names
    const counts = { user: users.count, group: groups.count, connection: connections.count }
    return {
      ...this.#account,
      blueprint: this.#blueprint,
      names: this.#names,
      organizations: Uint8Array.from(this.#organizations, (present) => present ?? 0),
      roles: this.#roles,
      groups: this.#groups,
      connections: this.#connections,
      members: Uint32Array.from(this.#members, (code) => code ?? 0),
      groupsOf: {
        user: this.#groupsOf.user.lists(users.count),
        connection: this.#groupsOf.connection.lists(connections.count),
      },
      membersOf: this.#membersOf.lists(groups.count),
      ...gatherGrants(this.#grants, counts),
    }
  }
}

/** The number of a connection; its maximum role gets one too, so that its being made later is seen. */
export function numberConnection(names: AccountNames, { id, maximum }: Connection): number {
  names.roles.number(maximum)
  return names.connections.number(id)
}

/** A grant by numbers; its subject is given as a key. */
export function grantRow(names: AccountNames, grant: Grant, subject: SubjectKey): GrantRow {
  const { id, role, organization, startsAt, endsAt } = grant
  return {
    id,
    subject,
    role: role === undefined ? none : names.roles.number(role),
    organization: organization === undefined ? none : names.organizations.number(organization),
    bounds: startsAt === undefined && endsAt === undefined ? always : boundsOf(startsAt, endsAt),
  }
}

function boundsOf(startsAt: number | undefined, endsAt: number | undefined): Bounds {
  return { ...(startsAt !== undefined && { startsAt }), ...(endsAt !== undefined && { endsAt }) }
}

function numberFor(names: AccountNames, subject: Subject): number {
  switch (subject.kind) {
    case 'user':
      return names.users.number(subject.id)
    case 'group':
      return names.groups.number(subject.id)
    case 'connection':
      return names.connections.number(subject.id)
  }
}

function emptyNames(): AccountNames {
  return {
    users: new Names(),
    organizations: new Names(),
    roles: new Names(),
    groups: new Names(),
    connections: new Names(),
    accounts: new Names(),
  }
}

class Pairs {
  readonly #rows = new GrowingColumn()
  readonly #values = new GrowingColumn()

  push(row: number, value: number): void {
    this.#rows.push(row)
    this.#values.push(value)
  }

  lists(count: number): Lists {
    return Lists.of(count, this.#rows, this.#values)
  }
}
