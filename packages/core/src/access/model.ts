import type { Connection } from '../connection/connection.ts'
import { isCurrent, type Grant, type Subject } from '../grant/grant.ts'
import type { AccountId, OrganizationId, RoleId, UserId } from '../id.ts'
import { difference, emptySet, has, intersection, union, type PermissionSet } from '../role/permission-set.ts'
import type { AccountFacts, Facts, Question } from './facts.ts'

/*
 * What access means, said as slowly and plainly as possible: the formula, line by line, over plain facts.
 * Nothing that runs in the product calls it; the tests hold everything that does against it.
 */

/** The slow answer to a question. */
export function modelAllows(facts: Facts, question: Question): boolean {
  const permission = facts.blueprint.permission.get(question.permission)
  if (!permission) return false

  const { user, account, organization, at } = question
  const held = modelEffective(facts, user, account, organization, at)
  return has(held, permission.bit) || (question.owner === user && has(held, permission.ownBit))
}

/**
 * effective(u, a, o) = direct(u, a, o) ∪ ⋃ through(c, u, o)
 *
 * Without an organization: what is held everywhere in the account, organizations of the future included.
 */
export function modelEffective(
  facts: Facts,
  user: UserId,
  account: AccountId,
  organization: OrganizationId | undefined,
  at: number,
): PermissionSet {
  const nothing = emptySet(facts.blueprint.size)
  const host = facts.accounts.get(account)
  if (!host || host.status === 'suspended') return nothing
  if (organization !== undefined && !host.organizations.includes(organization)) return nothing
  if (membership(host, user)?.status === 'suspended') return nothing

  return host.connections
    .map((connection) => modelThrough(facts, connection, user, organization, at))
    .reduce(union, modelDirect(facts, user, account, organization, at))
}

/** direct(u, a, o): what the grants to this user, and to the groups the user is in, add up to. */
export function modelDirect(
  facts: Facts,
  user: UserId,
  account: AccountId,
  organization: OrganizationId | undefined,
  at: number,
): PermissionSet {
  const host = facts.accounts.get(account)
  const member = host && membership(host, user)
  if (!host || member?.status !== 'active' || !isActiveAtHome(facts, user, member.home)) {
    return emptySet(facts.blueprint.size)
  }
  return grantsTo(host, { kind: 'user', id: user })
    .filter((grant) => isCurrent(grant, at) && covers(grant, organization))
    .map((grant) => carried(facts, host, grant, grant.role))
    .reduce(union, emptySet(facts.blueprint.size))
}

/** standing(u): what the user holds over the whole of their home account, by roles that connect. */
export function modelStanding(facts: Facts, user: UserId, account: AccountId, at: number): PermissionSet {
  const home = facts.accounts.get(account)
  if (!home || home.status === 'suspended' || !isActiveAtHome(facts, user, account)) {
    return emptySet(facts.blueprint.size)
  }
  return grantsTo(home, { kind: 'user', id: user })
    .filter((grant) => isCurrent(grant, at) && covers(grant, undefined))
    .filter((grant) => grant.role === undefined || facts.blueprint.role.get(grant.role)?.connects !== false)
    .map((grant) => carried(facts, home, grant, grant.role))
    .reduce(union, emptySet(facts.blueprint.size))
}

/** through(c, u, o): what the connection was granted ∩ its maximum ∩ the user's standing − guarded. */
export function modelThrough(
  facts: Facts,
  connection: Connection,
  user: UserId,
  organization: OrganizationId | undefined,
  at: number,
): PermissionSet {
  const host = facts.accounts.get(connection.host)
  if (!host || !isOpen(connection, at) || !isDelegate(facts, connection, user)) {
    return emptySet(facts.blueprint.size)
  }
  const granted = grantsTo(host, { kind: 'connection', id: connection.id })
    .filter((grant) => isCurrent(grant, at) && covers(grant, organization))
    .map((grant) => carried(facts, host, grant, roleOf(grant, connection)))
    .reduce(union, emptySet(facts.blueprint.size))

  const maximum = permissionsOf(facts, host, connection.maximum)
  const standing = modelStanding(facts, user, connection.guest, at)
  return difference(intersection(intersection(granted, maximum), standing), facts.blueprint.guarded)
}

function isOpen(connection: Connection, at: number): boolean {
  return connection.status === 'active' && isCurrent(connection, at)
}

function isDelegate(facts: Facts, { guest, delegates }: Connection, user: UserId): boolean {
  if (!isActiveAtHome(facts, user, guest)) return false
  if (delegates === 'everyone') return true
  const group = facts.accounts.get(guest)?.groups.find(({ id }) => id === delegates)
  return group?.members.some((member) => member.kind === 'user' && member.id === user) ?? false
}

/** A grant to a connection without a role means the maximum role. */
function roleOf(grant: Grant, connection: Connection): RoleId | undefined {
  return grant.role ?? (grant.subject.kind === 'connection' ? connection.maximum : undefined)
}

function membership(account: AccountFacts, user: UserId) {
  return account.members.find((member) => member.user === user)
}

/** Somebody suspended at home has nothing anywhere; whether the home account is suspended does not matter. */
function isActiveAtHome(facts: Facts, user: UserId, account: AccountId): boolean {
  const home = facts.accounts.get(account)
  const member = home && membership(home, user)
  return member?.kind === 'home' && member.status === 'active'
}

/** The grants to this subject, and to the groups it is in. */
function grantsTo(account: AccountFacts, subject: Exclude<Subject, { kind: 'group' }>): readonly Grant[] {
  const groups = account.groups
    .filter(({ members }) => members.some(({ kind, id }) => kind === subject.kind && id === subject.id))
    .map(({ id }) => id)
  return account.grants.filter(({ subject: to }) =>
    to.kind === 'group' ? groups.includes(to.id) : to.kind === subject.kind && to.id === subject.id,
  )
}

function covers(grant: Grant, organization: OrganizationId | undefined): boolean {
  return grant.organization === undefined || grant.organization === organization
}

/** A grant over one organization carries nothing of level `account`; a bound role, nothing outside its bounds. */
function carried(facts: Facts, account: AccountFacts, grant: Grant, role: RoleId | undefined): PermissionSet {
  const bounds = account.roles.find(({ id }) => id === role)?.organizations
  const outOfBounds = bounds && !bounds.some((organization) => organization === grant.organization)
  if (role === undefined || outOfBounds) return emptySet(facts.blueprint.size)

  const permissions = permissionsOf(facts, account, role)
  return grant.organization === undefined
    ? permissions
    : difference(permissions, facts.blueprint.accountLevel)
}

function permissionsOf(facts: Facts, account: AccountFacts, id: RoleId): PermissionSet {
  const role = facts.blueprint.role.get(id) ?? account.roles.find((custom) => custom.id === id)
  return role?.permissions ?? emptySet(facts.blueprint.size)
}
