import type { Connection } from '../connection/connection.ts'
import type { Grant } from '../grant/grant.ts'
import type { AccountId, GrantId, UserId } from '../id.ts'
import { emptySet } from '../role/permission-set.ts'
import type { AccountIndex } from './account-index.ts'
import type { Directory } from './directory.ts'
import type { Asked, Finding } from './findings.ts'
import { leastRole, leastRoleWithAll, leastStandingRole } from './least-role.ts'
import type { Obstacle } from './obstacle.ts'
import { reach, type Plan, type Step } from './plan.ts'
import { grantAt } from './rows/account-rows.ts'
import { none } from './rows/number-column.ts'
import { kindOf } from './rows/subject-key.ts'

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

/** What is altered of the grant and the connection on the way, each in one change, and every other step. */
interface Repair {
  grant: Grant | undefined
  connection: Connection | undefined
  readonly steps: Step[]
}

/** Clears a way of everything that stands in it; nothing where something there cannot be cleared. */
function clearing(
  directory: Directory,
  index: AccountIndex,
  finding: Finding,
  asked: Asked,
): Plan | undefined {
  const repair: Repair = { grant: undefined, connection: undefined, steps: [] }
  const isCleared = finding.obstacles.every((obstacle) =>
    clear(repair, directory, index, finding, obstacle, asked),
  )
  if (!isCleared) return undefined

  const { grant, connection, steps } = repair
  const subject = kindOf(index.rows.grants.subject(finding.position))
  if (grant) {
    const reached = subject === 'user' ? reach.grantOfPerson : reach[subject]
    steps.push({ account: index.id, change: { kind: 'grant_set', grant }, reach: reached })
  }
  if (connection) {
    steps.push({ account: index.id, change: { kind: 'connection_set', connection }, reach: reach.connection })
  }
  return steps
}

function clear(
  repair: Repair,
  directory: Directory,
  index: AccountIndex,
  { position, route }: Finding,
  obstacle: Obstacle,
  asked: Asked,
): boolean {
  const grant = () => repair.grant ?? grantAt(index.rows, position)
  const alter = (terms: Partial<Connection>): boolean => {
    const connection = repair.connection ?? route.through?.connection
    repair.connection = connection && { ...connection, ...terms }
    return connection !== undefined
  }
  switch (obstacle.code) {
    case 'account_suspended':
    case 'guest_suspended':
      return add(repair, resumed(obstacle.account))
    case 'member_suspended':
    case 'inactive_at_home':
      return add(repair, reinstated(directory, obstacle.account, asked.user))
    case 'not_started':
      repair.grant = { ...grant(), startsAt: undefined }
      return true
    case 'ended':
      repair.grant = { ...grant(), endsAt: undefined }
      return true
    case 'connection_not_active':
      return alter({ status: 'active' })
    case 'connection_not_started':
      return alter({ startsAt: undefined })
    case 'connection_over':
      return alter({ endsAt: undefined })
    case 'not_a_delegate':
      return (
        add(repair, delegated(directory, route.through?.connection, asked.user)) ||
        alter({ delegates: 'everyone' })
      )
    case 'beyond_maximum': {
      const maximum = index.role(obstacle.maximum)?.permissions ?? emptySet(directory.blueprint.size)
      const higher = leastRoleWithAll(index.rows.roles, asked.bit, maximum)
      return higher !== undefined && alter({ maximum: higher.id })
    }
    case 'beyond_standing':
      return add(repair, raised(directory, obstacle.account, asked))
    case 'role_bound_elsewhere':
    case 'other_organization':
    case 'not_over_the_account':
    case 'own_only':
    case 'guarded':
      return false
  }
}

function add({ steps }: Repair, step: Step | undefined): boolean {
  if (step) steps.push(step)
  return step !== undefined
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
    ...(organization !== undefined && { organization }),
  }
  return [
    ...(rows.status === 'suspended' ? [resumed(rows.id)] : []),
    ...membership,
    { account: rows.id, change: { kind: 'grant_set', grant }, reach: reach.grantOfPerson },
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

  const here = member
    ? { ...member, status: 'active' as const }
    : {
        user,
        kind: account === index.id ? ('home' as const) : ('external' as const),
        status: 'active' as const,
        home: account,
      }
  const steps: Step[] =
    member?.status === 'active'
      ? []
      : [{ account: index.id, change: { kind: 'member_set', member: here }, reach: reach.person }]
  if (account === index.id) return steps

  const atHome = directory.account(account)?.member(user)
  if (atHome?.kind !== 'home') return undefined
  const back = atHome.status === 'active' ? undefined : reinstated(directory, account, user)
  return back ? [...steps, back] : steps
}

function resumed(account: AccountId): Step {
  return { account, change: { kind: 'account_set', status: 'active' }, reach: reach.account }
}

function reinstated(directory: Directory, account: AccountId, user: UserId): Step | undefined {
  const member = directory.account(account)?.member(user)
  if (!member) return undefined
  return {
    account,
    change: { kind: 'member_set', member: { ...member, status: 'active' } },
    reach: reach.person,
  }
}

/** Puts somebody among the delegates, where their group is one that is filled by hand. */
function delegated(directory: Directory, connection: Connection | undefined, user: UserId): Step | undefined {
  if (!connection || connection.delegates === 'everyone') return undefined
  const { guest, delegates } = connection
  if (directory.account(guest)?.group(delegates)?.kind !== 'manual') return undefined
  return {
    account: guest,
    change: { kind: 'group_member_added', group: delegates, member: { kind: 'user', id: user } },
    reach: reach.person,
  }
}

/** A grant at home that gives standing for what is asked. */
function raised(directory: Directory, account: AccountId, { user, bit }: Asked): Step | undefined {
  const home = directory.account(account)
  const role = home && leastStandingRole(home.rows.roles, bit)
  if (!role) return undefined
  return {
    account,
    change: {
      kind: 'grant_set',
      grant: { id: unusedGrantId(home), subject: { kind: 'user', id: user }, role: role.id },
    },
    reach: reach.grantOfPerson,
  }
}

/** An id for a grant that is only proposed; whoever makes the grant gives it one of its own. */
function unusedGrantId(index: AccountIndex): GrantId {
  let id = 'grt_proposed' as GrantId
  while (index.grant(id)) id = `${id}_again` as GrantId
  return id
}
