import fc from 'fast-check'
import type { AccountFacts, Facts, Question } from '../access/facts.ts'
import type { Connection, ConnectionStatus } from '../connection/connection.ts'
import type { Bounds, Grant, Subject } from '../grant/grant.ts'
import type { Group, GroupMember } from '../group/group.ts'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import { setOf } from '../role/permission-set.ts'
import type { CustomRole } from '../role/role.ts'
import type { Member } from '../user/member.ts'
import { printWorld } from './print-world.ts'
import { smallBlueprint, tellingPermissions } from './small-blueprint.ts'

/** Who lives where: the same few names in every random world, so that a counterexample reads like a story. */
const households = {
  acme: { people: ['ann', 'bob', 'cleo'], organizations: ['rome', 'milan'] },
  globex: { people: ['dan', 'eve'], organizations: ['oslo', 'turku'] },
  initech: { people: ['fay'], organizations: ['lima'] },
} as const

/** Lists of any length up to their bound, not mostly short ones. */
const size = 'max'

type Name = keyof typeof households
const names = Object.keys(households) as Name[]

/** Everybody who occurs in any random world. */
export const everybody = names.flatMap((name) =>
  households[name].people.map((person) => person as string as UserId),
)

/** Everywhere that can be asked about in an account: the account itself, and each of its organizations. */
export function placesOf(account: AccountId): (OrganizationId | undefined)[] {
  return [undefined, ...organizationsOf(account)]
}

export const arbitraryAccount = fc.constantFrom(...names).map((name) => name as string as AccountId)
export const arbitraryPerson = fc.constantFrom(...everybody)

/** Three accounts with members of their own and of each other, groups, roles, grants, and connections all ways. */
export function arbitraryWorld(): fc.Arbitrary<Facts> {
  return fc
    .tuple(...names.map((name) => arbitraryAccountFacts(name as string as AccountId)))
    .map((accounts) => readable(accounts))
}

/** A world that prints itself compactly in a counterexample. */
export function readable(accounts: readonly AccountFacts[]): Facts {
  const facts: Facts = {
    blueprint: smallBlueprint,
    accounts: new Map(accounts.map((account) => [account.id, account])),
  }
  return Object.defineProperty(facts, fc.toStringMethod, { value: () => `\n${printWorld(facts)}` })
}

/** A question about this account, or about any; its moment is often just when something begins or ends. */
export function arbitraryQuestion(): fc.Arbitrary<Question> {
  return arbitraryAccount.chain((account) =>
    fc.record({
      user: arbitraryPerson,
      permission: fc.constantFrom(...tellingPermissions),
      account: fc.constant(account),
      organization: fc.option(arbitraryOrganization(account), { nil: undefined, freq: 4 }),
      owner: fc.option(arbitraryPerson, { nil: undefined, freq: 1 }),
      at: arbitraryMoment,
    }),
  )
}

export const arbitraryMoment = fc.integer({ min: 0, max: 6 })

export function arbitraryOrganization(account: AccountId): fc.Arbitrary<OrganizationId> {
  return fc.constantFrom(...organizationsOf(account))
}

function arbitraryBounds(): fc.Arbitrary<Bounds> {
  const edge = (freq: number) => fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined, freq })
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant<Bounds>({}) },
    { weight: 1, arbitrary: fc.record({ startsAt: edge(1), endsAt: edge(2) }) },
  )
}

/** A grant to somebody, some group or some connection that this account may have. */
export function arbitraryGrant(account: AccountId, id: fc.Arbitrary<GrantId>): fc.Arbitrary<Grant> {
  return fc
    .tuple(id, arbitrarySubject(account), arbitraryRole(account), arbitraryScope(account), arbitraryBounds())
    .map(([grant, subject, role, organization, bounds]) => ({
      id: grant,
      subject,
      ...(role === undefined ? {} : { role }),
      ...(organization === undefined ? {} : { organization }),
      ...bounds,
    }))
}

function arbitraryScope(account: AccountId): fc.Arbitrary<OrganizationId | undefined> {
  return fc.option(arbitraryOrganization(account), { nil: undefined, freq: 2 })
}

/** No role is the maximum role for a connection, and nothing for anybody else. */
function arbitraryRole(account: AccountId): fc.Arbitrary<RoleId | undefined> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...smallBlueprint.roles.map(({ id }) => id)) },
    { weight: 3, arbitrary: fc.constantFrom(...customRoleIds(account)) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

function arbitrarySubject(account: AccountId): fc.Arbitrary<Subject> {
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc.constantFrom(...homePeople(account)).map((id) => ({ kind: 'user' as const, id })),
    },
    { weight: 1, arbitrary: arbitraryPerson.map((id) => ({ kind: 'user' as const, id })) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(...groupIds(account)).map((id) => ({ kind: 'group' as const, id })),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...connectionIds(account))
        .map((id) => ({ kind: 'connection' as const, id })),
    },
  )
}

export function arbitraryGroupMember(account: AccountId): fc.Arbitrary<GroupMember> {
  return fc.oneof(
    { weight: 3, arbitrary: arbitraryPerson.map((id) => ({ kind: 'user' as const, id })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...connectionIds(account))
        .map((id) => ({ kind: 'connection' as const, id })),
    },
  )
}

export function arbitraryCustomRole(account: AccountId): fc.Arbitrary<CustomRole> {
  const forms = [...smallBlueprint.bits.keys()].filter((form) =>
    tellingPermissions.some((key) => form === key || form === `${key}:own`),
  )
  return fc
    .record({
      id: fc.constantFrom(...customRoleIds(account)),
      forms: fc.subarray(forms, { minLength: 1 }),
      organizations: fc.option(fc.subarray(organizationsOf(account)), { nil: undefined, freq: 1 }),
    })
    .map(({ id, forms: held, organizations }) => ({
      id,
      key: id,
      name: id,
      permissions: closedSet(held),
      ...(organizations && { organizations }),
    }))
}

/** Whoever holds a permission also holds it for their own. */
function closedSet(forms: readonly string[]) {
  const bits = forms.flatMap((form) => {
    const permission = smallBlueprint.permission.get(form)
    return permission ? [permission.bit, permission.ownBit] : [smallBlueprint.bits.get(form) ?? 0]
  })
  return setOf(smallBlueprint.size, bits)
}

export function arbitraryMember(account: AccountId): fc.Arbitrary<Member> {
  return fc
    .record({ user: arbitraryPerson, status: mostly<Member['status']>('active', 'suspended') })
    .map(({ user, status }) => {
      const home = homeOf(user)
      return { user, status, home, kind: home === account ? 'home' : 'external' }
    })
}

export function arbitraryConnection(account: AccountId): fc.Arbitrary<Connection> {
  return fc.constantFrom(...others(account)).chain((guest) =>
    fc
      .record({
        maximum: fc.constantFrom<RoleId>(
          ...smallBlueprint.roles.map(({ id }) => id),
          ...customRoleIds(account),
        ),
        delegates: fc.oneof(
          { weight: 2, arbitrary: fc.constant('everyone' as const) },
          { weight: 1, arbitrary: fc.constantFrom(...groupIds(guest)) },
        ),
        status: mostly<ConnectionStatus>('active', 'proposed', 'paused', 'ended', 'declined'),
        bounds: arbitraryBounds(),
      })
      .map(({ bounds, ...terms }) => ({
        id: connectionId(account, guest),
        host: account,
        guest,
        ...terms,
        ...bounds,
      })),
  )
}

export function arbitraryGroup(account: AccountId): fc.Arbitrary<Omit<Group, 'members'>> {
  return fc
    .record({ id: fc.constantFrom(...groupIds(account)), kind: fc.constantFrom('manual', 'sso') })
    .map(({ id, kind }) => ({ id, key: id, name: id, kind }))
}

/** One account of such a world. */
export function arbitraryAccountFacts(id: AccountId): fc.Arbitrary<AccountFacts> {
  const grantIds = Array.from({ length: 8 }, (_, i) => `${id}-grant-${i + 1}`)
  return fc
    .record({
      status: fc.oneof(
        { weight: 12, arbitrary: fc.constant('active' as const) },
        { weight: 1, arbitrary: fc.constant('suspended' as const) },
      ),
      statuses: fc.tuple(...homePeople(id).map(() => mostly<Member['status']>('active', 'suspended'))),
      externals: fc.uniqueArray(arbitraryMember(id), { selector: ({ user }) => user, maxLength: 3, size }),
      roles: fc.uniqueArray(arbitraryCustomRole(id), { selector: (role) => role.id, maxLength: 2, size }),
      groups: fc.uniqueArray(arbitraryGroupWithMembers(id), {
        selector: (group) => group.id,
        maxLength: 2,
        size,
      }),
      connections: fc.uniqueArray(arbitraryConnection(id), {
        selector: ({ guest }) => guest,
        maxLength: 2,
        size,
      }),
      grants: fc.array(arbitraryGrant(id, fc.constant('' as GrantId)), { maxLength: grantIds.length, size }),
    })
    .map(({ status, statuses, externals, grants, ...rest }) => ({
      id,
      status,
      revision: 1,
      organizations: organizationsOf(id),
      members: [
        ...homePeople(id).map((user, i): Member => ({
          user,
          kind: 'home',
          status: statuses[i] ?? 'active',
          home: id,
        })),
        ...externals.filter(({ kind }) => kind === 'external'),
      ],
      grants: grants.map((grant, i) => ({ ...grant, id: grantIds[i] as GrantId })),
      ...rest,
    }))
}

function arbitraryGroupWithMembers(account: AccountId): fc.Arbitrary<Group> {
  const members = fc.uniqueArray(arbitraryGroupMember(account), {
    selector: ({ id }) => id,
    maxLength: 3,
    size,
  })
  return fc.tuple(arbitraryGroup(account), members).map(([group, inIt]) => ({ ...group, members: inIt }))
}

function mostly<Value>(usual: Value, ...rare: Value[]): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  )
}

function others(account: AccountId): AccountId[] {
  return names.map((name) => name as string as AccountId).filter((id) => id !== account)
}

function household(account: AccountId) {
  return households[account as string as Name]
}

export function homeOf(user: UserId): AccountId {
  const home = names.find((name) =>
    household(name as string as AccountId).people.some((person) => person === user),
  )
  if (!home) throw new RangeError(`Nobody is called ${user}`)
  return home as string as AccountId
}

function homePeople(account: AccountId): UserId[] {
  return household(account).people.map((person) => person as string as UserId)
}

function organizationsOf(account: AccountId): OrganizationId[] {
  return household(account).organizations.map((organization) => organization as string as OrganizationId)
}

function groupIds(account: AccountId): GroupId[] {
  return ['day', 'night'].map((group) => `${account}-${group}` as GroupId)
}

function customRoleIds(account: AccountId): RoleId[] {
  return ['keeper', 'warden'].map((role) => `${account}-${role}` as RoleId)
}

function connectionId(host: AccountId, guest: AccountId): ConnectionId {
  return `${host}-lets-in-${guest}` as ConnectionId
}

function connectionIds(account: AccountId): ConnectionId[] {
  return others(account).map((guest) => connectionId(account, guest))
}
