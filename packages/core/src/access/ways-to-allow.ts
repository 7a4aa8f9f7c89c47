import type { Connection } from '../connection/connection.ts'
import type { Grant } from '../grant/grant.ts'
import type { AccountId, GrantId, GroupId, UserId } from '../id.ts'
import { emptySet } from '../role/permission-set.ts'
import type { Member } from '../user/member.ts'
import type { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import type { Asked, Finding } from './findings.ts'
import { leastRole, leastRoleWithAll, leastStandingRole } from './least-role.ts'
import type { Obstacle } from './obstacle.ts'
import { reach, type Plan, type Step } from './plan.ts'
import type { Route } from './route.ts'
import { grantAt } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'

/** Every plan that would open a way: clearing one that is there of what stands in it, or a grant of one's own. */
export function waysToAllow(
  directory: Directory,
  index: AccountIndex,
  findings: readonly Finding[],
  asked: Asked,
  home: AccountId | undefined,
): Plan[] {
  return [
    ...findings.map((finding) => clearing(directory, index, finding, asked)),
    anew(directory, index, asked, home),
  ].filter((plan) => plan !== undefined)
}

/** What clears an obstacle: other terms of the grant or of the connection on the way, or a step of its own. */
interface Repair {
  readonly grant?: Partial<Grant>
  readonly connection?: Partial<Connection>
  readonly step?: Step
}

/** Clears a way of everything that stands in it; nothing where something there cannot be cleared. */
function clearing(
  directory: Directory,
  index: AccountIndex,
  { position, route, obstacles }: Finding,
  asked: Asked,
): Plan | undefined {
  const repairs = obstacles.map((obstacle) => repairOf(directory, index, route, obstacle, asked))
  if (!repairs.every((repair) => repair !== undefined)) return undefined

  const ofGrant = repairs.flatMap(({ grant }) => grant ?? [])
  const ofConnection = repairs.flatMap(({ connection }) => connection ?? [])
  return [
    ...repairs.flatMap(({ step }) => step ?? []),
    ...(ofGrant.length > 0 ? [regranted(index, position, Object.assign({}, ...ofGrant))] : []),
    ...(route.through && ofConnection.length > 0
      ? [reconnected(index, Object.assign({}, route.through.connection, ...ofConnection))]
      : []),
  ]
}

function regranted(index: AccountIndex, position: number, terms: Partial<Grant>): Step {
  const grant = { ...grantAt(index.rows, position), ...terms }
  return { account: index.id, change: { kind: 'grant_set', grant }, reach: reach.grantTo[grant.subject.kind] }
}

function reconnected(index: AccountIndex, connection: Connection): Step {
  return { account: index.id, change: { kind: 'connection_set', connection }, reach: reach.connection }
}

function repairOf(
  directory: Directory,
  index: AccountIndex,
  route: Route,
  obstacle: Obstacle,
  asked: Asked,
): Repair | undefined {
  switch (obstacle.code) {
    case 'account_suspended':
    case 'guest_suspended':
      return { step: resumed(obstacle.account) }
    case 'not_started':
      return { grant: { startsAt: undefined } }
    case 'ended':
      return { grant: { endsAt: undefined } }
    case 'connection_not_active':
      return { connection: { status: 'active' } }
    case 'connection_not_started':
      return { connection: { startsAt: undefined } }
    case 'connection_over':
      return { connection: { endsAt: undefined } }
    case 'not_a_delegate': {
      const step = delegated(directory, route.through?.connection, obstacle.group, asked.user)
      return step ? { step } : { connection: { delegates: 'everyone' } }
    }
    case 'beyond_maximum': {
      const maximum = index.role(obstacle.maximum)?.permissions ?? emptySet(directory.blueprint.size)
      const higher = leastRoleWithAll(index.rows.roles, asked.bit, maximum)
      return higher && { connection: { maximum: higher.id } }
    }
    case 'beyond_standing': {
      const step = raised(directory, obstacle.account, asked)
      return step && { step }
    }
    // Whoever is suspended is reinstated along with a grant of their own, which is left out where another one does.
    case 'member_suspended':
    case 'inactive_at_home':
    case 'role_bound_elsewhere':
    case 'other_organization':
    case 'not_over_the_account':
    case 'own_only':
    case 'guarded':
      return undefined
  }
}

/** A new grant of the least role that will do, to somebody who is, or is made, an active member. */
function anew(
  directory: Directory,
  index: AccountIndex,
  asked: Asked,
  home: AccountId | undefined,
): Plan | undefined {
  const { rows } = index
  const isOverAccount = asked.scope === none || asked.permission.level === 'account'
  const organization = isOverAccount ? undefined : rows.names.organizations.id(asked.scope)
  const role = leastRole(rows.roles, asked.bit, organization)
  const membership = membershipSteps(directory, index, asked.user, home)
  if (!role || !membership) return undefined

  const grant: Grant = {
    id: unusedGrantId(index),
    subject: { kind: 'user', id: asked.user },
    role: role.id,
    organization,
  }
  return [
    ...(rows.status === 'suspended' ? [resumed(rows.id)] : []),
    ...membership,
    { account: rows.id, change: { kind: 'grant_set', grant }, reach: reach.grantTo.user },
  ]
}

/** What makes somebody an active member, here and at home; nothing where it is not known where their home is. */
function membershipSteps(
  directory: Directory,
  index: AccountIndex,
  user: UserId,
  home: AccountId | undefined,
): Step[] | undefined {
  const member = index.member(user)
  const account = member?.home ?? home
  if (account === undefined) return undefined

  const isAtHome = account === index.id
  const here = member ?? { user, kind: isAtHome ? ('home' as const) : ('external' as const), home: account }
  const steps = member?.status === 'active' ? [] : [activated(index.id, here)]
  if (isAtHome) return steps

  const atHome = directory.account(account)?.member(user)
  if (atHome?.kind !== 'home') return undefined
  return atHome.status === 'active' ? steps : [...steps, activated(account, atHome)]
}

function resumed(account: AccountId): Step {
  return { account, change: { kind: 'account_set', status: 'active' }, reach: reach.account }
}

function activated(account: AccountId, member: Omit<Member, 'status'>): Step {
  return {
    account,
    change: { kind: 'member_set', member: { ...member, status: 'active' } },
    reach: reach.person,
  }
}

/** Puts somebody among the delegates, where their group is one that is filled by hand. */
function delegated(
  directory: Directory,
  connection: Connection | undefined,
  group: GroupId,
  user: UserId,
): Step | undefined {
  const guest = connection && directory.account(connection.guest)
  if (guest?.group(group)?.kind !== 'manual') return undefined
  return {
    account: guest.id,
    change: { kind: 'group_member_added', group, member: { kind: 'user', id: user } },
    reach: reach.person,
  }
}

/** A grant at home that gives standing for what is asked. */
function raised(directory: Directory, account: AccountId, { user, bit }: Asked): Step | undefined {
  const home = directory.account(account)
  const role = home && leastStandingRole(home.rows.roles, bit)
  if (!role) return undefined
  const grant: Grant = { id: unusedGrantId(home), subject: { kind: 'user', id: user }, role: role.id }
  return { account, change: { kind: 'grant_set', grant }, reach: reach.grantTo.user }
}

/** An id for a grant that is only proposed; whoever makes the grant gives it one of its own. */
function unusedGrantId(index: AccountIndex): GrantId {
  let id = 'grt_proposed' as GrantId
  while (index.grant(id)) id = `${id}_again` as GrantId
  return id
}
