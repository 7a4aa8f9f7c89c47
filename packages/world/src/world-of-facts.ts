import { heldForms } from '@keyholder/core'
import type {
  AccountFacts,
  AccountId,
  Connection,
  Facts,
  GroupId,
  GroupMember,
  OrganizationId,
  RoleId,
  Subject,
  UserId,
} from '@keyholder/core'
import { frozen } from './frozen.ts'
import { sameness } from './read-grants.ts'
import { superusersFirst } from './superuser.ts'
import type {
  World,
  WorldAccount,
  WorldConnection,
  WorldGrant,
  WorldGroupMember,
  WorldSubject,
} from './world.ts'

/** How things are called: what facts do not carry. */
export interface WorldNames {
  readonly blueprint: string
  account(id: AccountId): { readonly slug: string; readonly name: string }
  organization(id: OrganizationId): { readonly key: string; readonly name: string }
  user(id: UserId): { readonly key: string; readonly email: string; readonly name: string }
}

/**
 * The world that these facts describe, without questions.
 *
 * A world says each thing once: of grants that are alike one is left, and of several connections between the same two
 * accounts the one that is not over.
 */
export function worldOfFacts(facts: Facts, names: WorldNames): World {
  return frozen({
    blueprintName: names.blueprint,
    blueprint: facts.blueprint,
    accounts: [...facts.accounts.values()].map((account) => worldAccount(facts, account, names)),
    questions: [],
  })
}

function worldAccount(facts: Facts, account: AccountFacts, names: WorldNames): WorldAccount {
  const keys = keysIn(account, names)
  const home = account.members.filter(({ kind }) => kind === 'home')
  const external = account.members.filter(({ kind }) => kind === 'external')
  return {
    ...names.account(account.id),
    status: account.status,
    organizations: account.organizations.map((id) => names.organization(id)),
    roles: account.roles.map(({ key, name, permissions, organizations }) => ({
      key,
      name,
      permissions: heldForms(permissions, facts.blueprint),
      ...(organizations && { organizations: organizations.map(keys.organization) }),
    })),
    users: home.map(({ user, status }) => ({ ...names.user(user), status })),
    external: external.map(({ user, status }) => ({ user: keys.user(user), status })),
    groups: account.groups.map(({ key, name, kind, members }) => ({
      key,
      name,
      kind,
      members: members.map(keys.member).filter((member) => member !== undefined),
    })),
    grants: grantsOf(account, keys),
    connections: keys.connections.map((connection) => worldConnection(facts, connection, keys, names)),
  }
}

interface Keys {
  /** One for each guest. */
  readonly connections: readonly Connection[]
  readonly user: (id: UserId) => string
  readonly organization: (id: OrganizationId) => string
  readonly role: (id: RoleId) => string
  /** Nothing for a connection that is left out. */
  readonly subject: (subject: Subject) => WorldSubject | undefined
  readonly member: (member: GroupMember) => WorldGroupMember | undefined
}

function keysIn(account: AccountFacts, names: WorldNames): Keys {
  const connections = oneForEachGuest(account.connections)
  const keys: Keys = {
    connections,
    user: (id) => names.user(id).key,
    organization: (id) => names.organization(id).key,
    role: (id) => account.roles.find((role) => role.id === id)?.key ?? id,
    subject: (subject) =>
      subject.kind === 'group' ? { kind: 'group', key: groupKey(account, subject.id) } : keys.member(subject),
    member: (member) => {
      if (member.kind === 'user') return { kind: 'user', key: keys.user(member.id) }
      const connection = connections.find(({ id }) => id === member.id)
      return connection && { kind: 'connection', guest: names.account(connection.guest).slug }
    },
  }
  return keys
}

function oneForEachGuest(connections: readonly Connection[]): readonly Connection[] {
  const isOver = ({ status }: Connection) => status === 'ended' || status === 'declined'
  const kept = new Map<AccountId, Connection>()
  for (const connection of connections) {
    const other = kept.get(connection.guest)
    if (!other || isOver(other) || !isOver(connection)) kept.set(connection.guest, connection)
  }
  return [...kept.values()]
}

function groupKey(account: AccountFacts, id: GroupId): string {
  const group = account.groups.find((one) => one.id === id)
  if (!group) throw new Error(`the facts of ${account.id} hold no group ${id}`)
  return group.key
}

/** Each grant once, and the superusers among the people at home first, in their order. */
function grantsOf(account: AccountFacts, keys: Keys): readonly WorldGrant[] {
  const grants = new Map<string, WorldGrant>()
  for (const { subject, role, organization, startsAt, endsAt } of account.grants) {
    const to = keys.subject(subject)
    if (!to) continue
    const grant: WorldGrant = {
      to,
      ...(role !== undefined && { role: keys.role(role) }),
      ...(organization !== undefined && { on: keys.organization(organization) }),
      ...(startsAt !== undefined && { startsAt }),
      ...(endsAt !== undefined && { endsAt }),
    }
    grants.set(sameness(grant), grant)
  }

  const users = account.members
    .filter(({ kind }) => kind === 'home')
    .map(({ user }) => ({ key: keys.user(user) }))
  return superusersFirst(users, [...grants.values()])
}

function worldConnection(
  facts: Facts,
  connection: Connection,
  keys: Keys,
  names: WorldNames,
): WorldConnection {
  const { guest, maximum, delegates, status, startsAt, endsAt } = connection
  return {
    guest: names.account(guest).slug,
    maximum: keys.role(maximum),
    delegates: delegates === 'everyone' ? 'everyone' : { group: groupOfGuest(facts, guest, delegates) },
    status,
    ...(startsAt !== undefined && { startsAt }),
    ...(endsAt !== undefined && { endsAt }),
  }
}

function groupOfGuest(facts: Facts, guest: AccountId, id: GroupId): string {
  const account = facts.accounts.get(guest)
  if (!account) throw new Error(`the facts hold no account ${guest}`)
  return groupKey(account, id)
}
