import {
  applyChanges,
  resolveBlueprint,
  setOf,
  type AccessChange,
  type AccountFacts,
  type AccountId,
  type ConnectionId,
  type GrantId,
  type GroupId,
  type GroupMember,
  type OrganizationId,
  type RoleId,
  type Subject,
  type UserId,
} from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { changesSince } from './journal.ts'
import { loadFacts } from './load-facts.ts'
import { lockAccounts } from './lock-accounts.ts'
import { writeChanges } from './write-changes.ts'

const resolved = resolveBlueprint({
  name: 'Tickets',
  resources: { ticket: { actions: { view: { label: 'View', own: true }, close: 'Close' } } },
  roles: { viewer: { name: 'Viewer', permissions: ['ticket.view'] } },
})
if (!resolved.ok) throw new Error('the blueprint of this test is unsound')
const blueprint = resolved.value

const host = 'acc_host' as AccountId
const nothing: AccountFacts = {
  id: host,
  status: 'active',
  revision: 0,
  organizations: [],
  roles: [],
  members: [],
  groups: [],
  grants: [],
  connections: [],
}
const guests = ['acc_guest1', 'acc_guest2'] as AccountId[]
const few = <Id extends string>(prefix: string, count: number) =>
  fc.constantFrom(...Array.from({ length: count }, (_, i) => `${prefix}_${i + 1}` as Id))

const organization = few<OrganizationId>('org', 3)
const user = few<UserId>('usr', 4)
const customRole = few<RoleId>('rol', 3)
const role = fc.oneof(customRole, fc.constantFrom('viewer' as RoleId, 'superuser' as RoleId))
const group = few<GroupId>('grp', 3)
const connection = few<ConnectionId>('con', 2)
const grant = few<GrantId>('grt', 3)
const moment = fc.integer({ min: 0, max: 253_402_300_799_999 })
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const bounds = fc.record({ startsAt: moment, endsAt: moment }, { requiredKeys: [] })

const groupMember: fc.Arbitrary<GroupMember> = fc.oneof(
  user.map((id) => ({ kind: 'user' as const, id })),
  connection.map((id) => ({ kind: 'connection' as const, id })),
)
const subject: fc.Arbitrary<Subject> = fc.oneof(
  groupMember,
  group.map((id) => ({ kind: 'group' as const, id })),
)
const forms = fc.uniqueArray(fc.constantFrom(...blueprint.bits.keys()), { maxLength: 5 })

/** Closed, as every set is. */
const permissions = forms.map((held) =>
  setOf(
    blueprint.size,
    held.flatMap((form) => [blueprint.bits.get(form) ?? 0, blueprint.permission.get(form)?.ownBit ?? 0]),
  ),
)

const grantSet = fc
  .record({
    id: grant,
    subject,
    role: fc.option(role, { nil: undefined, freq: 8 }),
    organization: maybe(organization),
    bounds,
  })
  .map(({ bounds: within, ...made }) => ({ kind: 'grant_set' as const, grant: { ...made, ...within } }))

const change: fc.Arbitrary<AccessChange> = fc.oneof(
  fc
    .constantFrom('active' as const, 'suspended' as const)
    .map((status) => ({ kind: 'account_set' as const, status })),
  organization.map((id) => ({ kind: 'organization_set' as const, id })),
  organization.map((id) => ({ kind: 'organization_removed' as const, id })),
  fc
    .record({ id: customRole, permissions, organizations: maybe(fc.uniqueArray(organization)) })
    .map((made) => ({
      kind: 'role_set' as const,
      role: { ...made, key: `key ${made.id}`, name: `Rôle ${made.id}` },
    })),
  customRole.map((id) => ({ kind: 'role_removed' as const, id })),
  fc.record({ user, status: fc.constantFrom('active' as const, 'suspended' as const) }).map((made) => ({
    kind: 'member_set' as const,
    member:
      made.user === 'usr_4'
        ? { ...made, kind: 'external' as const, home: 'acc_guest1' as AccountId }
        : { ...made, kind: 'home' as const, home: host },
  })),
  user.map((id) => ({ kind: 'member_removed' as const, user: id })),
  fc.record({ id: group, kind: fc.constantFrom('manual' as const, 'sso' as const) }).map((made) => ({
    kind: 'group_set' as const,
    group: { ...made, key: `key-${made.id}`, name: `Group ${made.id}` },
  })),
  group.map((id) => ({ kind: 'group_removed' as const, id })),
  fc.record({ kind: fc.constant('group_member_added' as const), group, member: groupMember }),
  fc.record({ kind: fc.constant('group_member_removed' as const), group, member: groupMember }),
  { weight: 8, arbitrary: grantSet },
  grant.map((id) => ({ kind: 'grant_removed' as const, id })),
  fc
    .record({
      id: connection,
      maximum: role,
      status: fc.constantFrom('proposed' as const, 'active' as const, 'paused' as const, 'ended' as const),
      bounds,
    })
    .map(({ bounds: within, ...made }) => ({
      kind: 'connection_set' as const,
      connection: {
        ...made,
        ...within,
        host,
        guest: made.id === 'con_1' ? ('acc_guest1' as AccountId) : ('acc_guest2' as AccountId),
        delegates: 'everyone' as const,
      },
    })),
)

/** One of everything that changes refer to, so that most of them have something to do. */
const furniture: readonly AccessChange[] = [
  ...['org_1', 'org_2'].map((id) => ({ kind: 'organization_set' as const, id: id as OrganizationId })),
  ...['usr_1', 'usr_2', 'usr_3'].map((id) => ({
    kind: 'member_set' as const,
    member: { user: id as UserId, kind: 'home' as const, status: 'active' as const, home: host },
  })),
  {
    kind: 'role_set',
    role: { id: 'rol_1' as RoleId, key: 'one', name: 'One', permissions: setOf(blueprint.size, [0, 1]) },
  },
  ...['grp_1', 'grp_2'].map((id) => ({
    kind: 'group_set' as const,
    group: { id: id as GroupId, key: id, name: id, kind: 'manual' as const },
  })),
]

/** Whether everything that the change refers to is there; the judge lets no other through. */
function isSound(facts: AccountFacts, step: AccessChange): boolean {
  const has = (items: readonly { readonly id: string }[], id: string) => items.some((item) => item.id === id)
  const hasMember = (member: Subject) =>
    member.kind === 'user'
      ? facts.members.some((other) => other.user === member.id)
      : has(member.kind === 'group' ? facts.groups : facts.connections, member.id)
  const hasRole = (id: RoleId | undefined) => !id?.startsWith('rol_') || has(facts.roles, id)
  if (step.kind === 'role_set')
    return (step.role.organizations ?? []).every((id) => facts.organizations.includes(id))
  if (step.kind === 'role_removed')
    return facts.connections.every(({ maximum, status }) => maximum !== step.id || status === 'ended')
  if (step.kind === 'group_member_added') return has(facts.groups, step.group) && hasMember(step.member)
  if (step.kind === 'connection_set') return hasRole(step.connection.maximum)
  if (step.kind !== 'grant_set') return true
  const { subject: to, role: as, organization: over } = step.grant
  const isWhole = as !== undefined || to.kind === 'connection'
  const isThere = over === undefined || facts.organizations.includes(over)
  return hasMember(to) && hasRole(as) && isThere && isWhole
}

/** Facts without an order, because none of them has one. */
function unordered(facts: AccountFacts) {
  const byId = <Item extends { readonly id: string }>(items: readonly Item[]) =>
    items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...facts,
    organizations: facts.organizations.toSorted(),
    roles: byId(facts.roles).map((each) => ({ ...each, organizations: each.organizations?.toSorted() })),
    members: facts.members.toSorted((a, b) => (a.user < b.user ? -1 : 1)),
    groups: byId(facts.groups).map((each) => ({ ...each, members: byId(each.members) })),
    grants: byId(facts.grants),
    connections: byId(facts.connections),
  }
}

describe('changes of access that are written', async () => {
  const database = await testDatabase()
  const db = database.open({ poolSize: 2 })

  beforeAll(async () => {
    await database.asOwner(
      `insert into accounts (id, slug, name) select id, replace(id, '_', '-'), id from unnest($1::text[]) id`,
      [[host, ...guests]],
    )
    await database.asOwner(
      `insert into users (id, home_account_id, email, sort_name, search_text)
       select 'usr_' || i, case i when 4 then 'acc_guest1' else 'acc_host' end, i || '@host.example', '', ''
         from generate_series(1, 4) i`,
    )
  })

  test('leave the database in the state that the core says they lead to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 12 }), { maxLength: 5 }), async (batches) => {
        await database.asOwner(
          `delete from group_members; delete from grants; delete from connections; delete from memberships;
           delete from organizations; delete from roles; delete from groups; delete from changes`,
        )
        await database.asOwner(`update accounts set revision = 0, status = 'active'`)

        let expected = nothing
        for (const wanted of [furniture, ...batches]) {
          const sound: AccessChange[] = []
          let after = expected
          for (const step of wanted) {
            if (!isSound(after, step)) continue
            sound.push(step)
            after = applyChanges(after, [step], expected.revision)
          }
          expected = { ...after, revision: expected.revision + 1 }
          await transaction(db, [host, ...guests], async (tx) => {
            await lockAccounts(tx, [host])
            return writeChanges(tx, blueprint, host, sound)
          })
        }

        const { stored, journal } = await transaction(db, [host], async (tx) => ({
          stored: await loadFacts(tx, blueprint, host),
          journal: await changesSince(tx, blueprint, host, 0),
        }))
        expect(stored && unordered(stored)).toEqual(unordered(expected))

        const followed = journal.reduce(
          (facts: AccountFacts, entry) => applyChanges(facts, entry.changes, entry.revision),
          nothing,
        )
        expect(unordered(followed)).toEqual(unordered(expected))
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100), seed: 20_261_121 },
    )
  })

  test('are refused whole where they refer to what is not there', async () => {
    const writing = transaction(db, [host], (tx) =>
      writeChanges(tx, blueprint, host, [
        { kind: 'organization_set', id: 'org_9' as OrganizationId },
        {
          kind: 'grant_set',
          grant: {
            id: 'grt_9' as GrantId,
            subject: { kind: 'group', id: 'grp_nowhere' as GroupId },
            role: 'viewer' as RoleId,
          },
        },
      ]),
    )

    await expect(writing).rejects.toThrow(/foreign key/)
    const facts = await transaction(db, [host], (tx) => loadFacts(tx, blueprint, host))
    expect(facts?.organizations).not.toContain('org_9')
  })
})
