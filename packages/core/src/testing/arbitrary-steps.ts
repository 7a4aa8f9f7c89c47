import fc from 'fast-check'
import type { AccessChange } from '../access/access-change.ts'
import type { AccountFacts, Facts } from '../access/facts.ts'
import type { Grant } from '../grant/grant.ts'
import type { Group } from '../group/group.ts'
import type { AccountId, GrantId, GroupId, RoleId } from '../id.ts'
import { intersection, setOf } from '../role/permission-set.ts'
import type { CustomRole } from '../role/role.ts'
import { arbitraryChange } from './arbitrary-change.ts'
import {
  arbitraryConnection,
  arbitraryCustomRole,
  arbitraryGrant,
  arbitraryGroup,
  arbitraryGroupMember,
  readable,
} from './arbitrary-world.ts'
import { printSet } from './print-world.ts'
import { smallBlueprint } from './small-blueprint.ts'

/** Somebody tries to make some changes at once: the first actor, or one of those who are in their hands by now. */
export interface Attempt {
  readonly by: number
  readonly changes: readonly AccessChange[]
}

/** At most six changes of every kind to one account, some of them several at once. */
export function arbitraryAttempts(account: AccountId): fc.Arbitrary<readonly Attempt[]> {
  return fc
    .array(
      fc.record({
        by: fc.nat({ max: 5 }),
        changes: fc.array(arbitraryStep(account), { minLength: 1, maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 6, size: 'max' },
    )
    .map((attempts) => readableAttempts(firstSix(attempts)))
}

function firstSix(attempts: readonly Attempt[]): readonly Attempt[] {
  let left = 6
  return attempts.flatMap(({ by, changes }) => {
    const taken = changes.slice(0, left)
    left -= taken.length
    return taken.length > 0 ? [{ by, changes: taken }] : []
  })
}

/** Any change, and more often one that somebody with a little power may make, about something that is there. */
function arbitraryStep(account: AccountId): fc.Arbitrary<AccessChange> {
  const membership = fc.record({
    group: arbitraryGroup(account).map(({ id }) => id),
    member: arbitraryGroupMember(account),
  })
  return fc.oneof(
    { weight: 3, arbitrary: arbitraryChange(account) },
    weighted(3, arbitrarySmallGrant(account), (grant) => ({ kind: 'grant_set', grant })),
    weighted(2, arbitrarySmallRole(account), (role) => ({ kind: 'role_set', role })),
    weighted(1, membership, (of) => ({ kind: 'group_member_added', ...of })),
    weighted(1, arbitraryConnection(account), (connection) => ({ kind: 'connection_set', connection })),
  )
}

function weighted<Value>(
  weight: number,
  arbitrary: fc.Arbitrary<Value>,
  change: (value: Value) => AccessChange,
) {
  return { weight, arbitrary: arbitrary.map(change) }
}

/** A grant of a role that most people may give, or of one that few may. */
function arbitrarySmallGrant(account: AccountId): fc.Arbitrary<Grant> {
  const id = fc.integer({ min: 1, max: 9 }).map((n) => `${account}-grant-${n}` as GrantId)
  const small = ['creator', 'own', 'reader', 'lite', `${account}-keeper`, `${account}-warden`] as RoleId[]
  const role = fc.option(fc.constantFrom(...small), { freq: 3 })
  return fc.tuple(arbitraryGrant(account, id), role).map(([grant, instead]) => ({
    ...grant,
    ...(instead && { role: instead }),
  }))
}

/** A custom role without most of what a random one would have. */
function arbitrarySmallRole(account: AccountId): fc.Arbitrary<CustomRole> {
  const within = fc.constantFrom('manager', 'editor', 'creator', 'reader')
  return fc.tuple(arbitraryCustomRole(account), within).map(([role, key]) => {
    const most = smallBlueprint.role.get(key)?.permissions ?? role.permissions
    return { ...role, permissions: intersection(role.permissions, most) }
  })
}

function readableAttempts(attempts: readonly Attempt[]): readonly Attempt[] {
  const lines = () => attempts.map(({ by, changes }) => `\n  ${by}: ${changes.map(printChange).join('; ')}`)
  return Object.defineProperty([...attempts], fc.toStringMethod, { value: () => lines().join('') })
}

function printChange(change: AccessChange): string {
  if (change.kind !== 'role_set') return JSON.stringify(change)
  const { id, permissions, organizations } = change.role
  return `role ${id} ${printSet(smallBlueprint, permissions)} on ${JSON.stringify(organizations) ?? 'the account'}`
}

/**
 * A random world, adapted, without what no database holds: grants, memberships and ceilings that refer to nothing,
 * and roles outside of their bounds.
 */
export function soundWorld({ accounts }: Facts, adapt: (account: AccountFacts) => AccountFacts): Facts {
  return readable([...accounts.values()].map((account) => soundAccount(adapt(account))))
}

/** Where most steps find what they are about: an active account with its groups, filled by hand, and its roles. */
export function livelyAccount(account: AccountFacts): AccountFacts {
  const groups = ['day', 'night'].map((name): Group => {
    const id = `${account.id}-${name}` as GroupId
    const members = account.groups.find((group) => group.id === id)?.members ?? []
    return { id, key: id, name: id, kind: 'manual', members }
  })
  const roles = ['keeper', 'warden'].map((name): CustomRole => {
    const id = `${account.id}-${name}` as RoleId
    const permissions = setOf(smallBlueprint.size, [])
    return account.roles.find((role) => role.id === id) ?? { id, key: id, name: id, permissions }
  })
  return { ...account, status: 'active', groups, roles }
}

function soundAccount(account: AccountFacts): AccountFacts {
  const known = new Map<string, readonly unknown[] | undefined>([
    ...smallBlueprint.roles.map(({ id }) => [id, undefined] as const),
    ...account.roles.map(({ id, organizations }) => [id, organizations] as const),
  ])
  const connections = account.connections.filter(
    ({ maximum }) => known.has(maximum) && known.get(maximum) === undefined,
  )
  const users = account.members.map(({ user }) => `user ${user}`)
  const joining = new Set([...users, ...connections.map(({ id }) => `connection ${id}`)])
  const groups = account.groups.map((group) => ({
    ...group,
    members: group.members.filter(({ kind, id }) => joining.has(`${kind} ${id}`)),
  }))
  const subjects = new Set([...joining, ...groups.map(({ id }) => `group ${id}`)])
  const grants = account.grants.filter(({ subject, role, organization }) => {
    if (!subjects.has(`${subject.kind} ${subject.id}`)) return false
    if (role === undefined) return subject.kind === 'connection'
    const bounds = known.get(role)
    return known.has(role) && (bounds === undefined || bounds.includes(organization))
  })
  return { ...account, connections, groups, grants }
}
