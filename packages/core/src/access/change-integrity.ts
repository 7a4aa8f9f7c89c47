import type { Connection } from '../connection/connection.ts'
import { isNeverCurrent } from '../grant/change-grant.ts'
import type { Grant, Subject } from '../grant/grant.ts'
import type { AccountId, GroupId, OrganizationId, RoleId } from '../id.ts'
import type { CustomRole } from '../role/role.ts'
import type { Member } from '../user/member.ts'
import type { AccessChange } from './access-change.ts'
import type { AccountIndex } from './account-index.ts'
import type { IntegrityRefusal } from './change-refusal.ts'
import type { Directory } from './directory.ts'
import { grantsOfRole } from './grants-by.ts'
import type { Role } from './rows/account-rows.ts'
import { isClosed } from './stake.ts'

type WithoutPlace<Refusal> = Refusal extends unknown ? Omit<Refusal, 'change'> : never

/** What is wrong with a change, wherever it stands in its list. */
export type ChangeFault = WithoutPlace<IntegrityRefusal>

/** An account before a change, and who changes it. */
export interface Setting {
  readonly directory: Directory
  readonly index: AccountIndex
  readonly at: number
  /** Whether the change comes from the deployment's owner, who may also fill the groups of the identity provider. */
  readonly isOperator: boolean
}

/** Why a change would leave something that means nothing or must not be, whoever makes it. */
export function faultInChange(setting: Setting, change: AccessChange): ChangeFault | undefined {
  const { index } = setting
  switch (change.kind) {
    case 'account_set':
    case 'organization_set':
      return undefined
    case 'organization_removed':
      return index.hasOrganization(change.id) ? undefined : unknown('organization', change.id)
    case 'role_set':
      return faultInRole(setting, change.role)
    case 'role_removed':
      return faultInRoleRemoval(setting, change.id)
    case 'member_set':
      return faultInMember(index, change.member)
    case 'member_removed':
      return index.member(change.user) ? undefined : unknown('member', change.user)
    case 'group_set': {
      const before = groupOf(index, change.group.id)
      return before && before.kind !== change.group.kind ? { code: 'group_kind_fixed' } : undefined
    }
    case 'group_removed':
      return groupOf(index, change.id) ? undefined : unknown('group', change.id)
    case 'group_member_added':
      return faultInMembership(setting, change) ?? faultInSubject(index, change.member)
    case 'group_member_removed':
      return faultInMembership(setting, change)
    case 'grant_set':
      return faultInGrant(setting, change.grant)
    case 'grant_removed':
      return index.grant(change.id) ? undefined : unknown('grant', change.id)
    case 'connection_set':
      return faultInConnection(setting, change.connection)
  }
}

function unknown(
  resource: Extract<ChangeFault, { code: 'change_reference_unknown' }>['resource'],
  id: string,
): ChangeFault {
  return { code: 'change_reference_unknown', resource, id }
}

/** A group's own row: unlike `index.group`, without the list of its members. */
export function groupOf({ rows }: AccountIndex, id: GroupId) {
  const number = rows.names.groups.find(id)
  return number === undefined ? undefined : rows.groups[number]
}

function faultInRole({ index, directory, at }: Setting, role: CustomRole): ChangeFault | undefined {
  if (directory.blueprint.role.has(role.id)) return { code: 'role_built_in', role: role.id }
  const bounds = role.organizations
  if (!bounds) return undefined

  const missing = bounds.find((organization) => !index.hasOrganization(organization))
  if (missing) return unknown('organization', missing)
  if (isMaximum(index, role.id)) return { code: 'role_is_maximum', role: role.id }

  const before = index.role(role.id)
  if (!before || isWithin(before, bounds)) return undefined
  const outside = grantsOfRole(index, role.id)
    .filter((grant) => (grant.endsAt ?? Infinity) > at)
    .filter(({ organization }) => !bounds.some((bound) => bound === organization))
  return outside.length === 0
    ? undefined
    : { code: 'role_granted_elsewhere', role: role.id, grants: outside.map(({ id }) => id) }
}

/** Whether the role was bound no wider before, so that its grants need no looking at. */
function isWithin(before: Role, bounds: readonly OrganizationId[]): boolean {
  return boundsOf(before)?.every((organization) => bounds.includes(organization)) ?? false
}

function faultInRoleRemoval({ index, directory }: Setting, id: RoleId): ChangeFault | undefined {
  if (directory.blueprint.role.has(id)) return { code: 'role_built_in', role: id }
  if (!index.role(id)) return unknown('role', id)
  return isMaximum(index, id) ? { code: 'role_is_maximum', role: id } : undefined
}

function isMaximum({ rows }: AccountIndex, role: RoleId): boolean {
  return rows.connections.some((connection) => connection?.maximum === role && !isClosed(connection))
}

/** Where somebody is at home does not change, and only the members of this very account are at home in it. */
function faultInMember(index: AccountIndex, { user, kind, home }: Member): ChangeFault | undefined {
  const before = index.member(user)
  const isMoved = before !== undefined && before.home !== home
  const isAtHome = home === index.id
  return isMoved || isAtHome !== (kind === 'home') ? { code: 'member_home_fixed', member: user } : undefined
}

function faultInMembership(
  { index, isOperator }: Setting,
  { kind, group: id, member }: Extract<AccessChange, { kind: 'group_member_added' | 'group_member_removed' }>,
): ChangeFault | undefined {
  const group = groupOf(index, id)
  if (!group) return unknown('group', id)
  const isLeaving = member.kind === 'connection' && kind === 'group_member_removed'
  return group.kind === 'sso' && !isOperator && !isLeaving ? { code: 'group_filled_by_sso' } : undefined
}

function faultInSubject(index: AccountIndex, subject: Subject): ChangeFault | undefined {
  switch (subject.kind) {
    case 'user':
      return index.member(subject.id) ? undefined : unknown('member', subject.id)
    case 'group':
      return groupOf(index, subject.id) ? undefined : unknown('group', subject.id)
    case 'connection': {
      const connection = index.connection(subject.id)
      if (!connection) return unknown('connection', subject.id)
      return isClosed(connection) ? { code: 'connection_closed' } : undefined
    }
  }
}

function faultInGrant({ index, at }: Setting, grant: Grant): ChangeFault | undefined {
  const { subject, role, organization } = grant
  const fault = faultInSubject(index, subject)
  if (fault) return fault
  if (organization !== undefined && !index.hasOrganization(organization))
    return unknown('organization', organization)
  if (isNeverCurrent(grant, at)) return { code: 'grant_never_current' }
  if (role === undefined) return subject.kind === 'connection' ? undefined : { code: 'grant_needs_role' }

  const granted = index.role(role)
  if (!granted) return unknown('role', role)
  const organizations = boundsOf(granted)
  const isInBounds = !organizations || organizations.some((bound) => bound === organization)
  return isInBounds ? undefined : { code: 'role_bound_elsewhere', role, organizations }
}

function boundsOf(role: Role): readonly OrganizationId[] | undefined {
  return 'organizations' in role ? role.organizations : undefined
}

function faultInConnection({ index, directory }: Setting, connection: Connection): ChangeFault | undefined {
  const { id, host, guest, maximum } = connection
  const before = index.connection(id)
  const isMoved = before !== undefined && before.guest !== guest
  if (isMoved || host !== index.id || guest === host) return { code: 'connection_sides_fixed' }
  if (before && isClosed(before)) return { code: 'connection_closed' }

  const ceiling = index.role(maximum)
  if (!ceiling) return unknown('role', maximum)
  if (boundsOf(ceiling)) return { code: 'maximum_bound', role: maximum }
  return faultInDelegates(directory, guest, connection.delegates)
}

/** Only where the guest can be looked at: a group of somebody else's could never let anybody through. */
function faultInDelegates(
  directory: Directory,
  guest: AccountId,
  delegates: Connection['delegates'],
): ChangeFault | undefined {
  const account = directory.account(guest)
  if (delegates === 'everyone' || !account || groupOf(account, delegates)) return undefined
  return unknown('group', delegates)
}
