import { describe, expect, test } from 'vitest'
import { resolveBlueprint } from '../blueprint/resolve-blueprint.ts'
import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf, type AccountSketch } from '../testing/world-of.ts'
import { directoryOf } from './directory-of.ts'
import { explain } from './explain.ts'
import type { Question } from './facts.ts'

/** Whether Dan of Globex may see tickets in Acme's Rome at the moment 10, unless it says otherwise. */
const asked: Question = {
  user: 'dan' as UserId,
  permission: 'ticket.view',
  account: 'acme' as AccountId,
  organization: 'rome' as OrganizationId,
  at: 10,
}

function explained(
  accounts: Readonly<Record<string, AccountSketch>>,
  change: Partial<Question> = {},
  home?: string,
) {
  return explain(directoryOf(worldOf(smallBlueprint, accounts)), { ...asked, ...change }, home as AccountId)
}

/** Acme with Dan as an external member, and Globex as his home. */
function external(acme: AccountSketch, globex: AccountSketch = {}): Record<string, AccountSketch> {
  return {
    acme: { organizations: ['rome', 'milan'], external: ['dan'], ...acme },
    globex: { users: ['dan'], ...globex },
  }
}

/** Acme with a connection to Globex, where Dan is a reader. */
function connected(acme: AccountSketch, globex: AccountSketch = {}): Record<string, AccountSketch> {
  return {
    acme: {
      organizations: ['rome', 'milan'],
      connections: { globex: { maximum: 'editor' } },
      grants: [{ to: 'connection:globex', role: 'reader' }],
      ...acme,
    },
    globex: { users: ['dan'], grants: [{ to: 'dan', role: 'reader' }], ...globex },
  }
}

const readerOn = (rest: object) => ({ grants: [{ to: 'dan', role: 'reader', ...rest }] })
const lets = (terms: object) => ({ connections: { globex: { maximum: 'editor', ...terms } } })

describe('a refusal names what stands in the way, and the smallest change', () => {
  test.each([
    {
      why: 'the grant has not begun',
      world: external(readerOn({ from: 11 })),
      obstacle: { code: 'not_started', startsAt: 11 },
      change: { kind: 'grant_set', grant: { id: 'acme-1', startsAt: undefined } },
    },
    {
      why: 'the grant has ended',
      world: external(readerOn({ until: 10 })),
      obstacle: { code: 'ended', endsAt: 10 },
      change: { kind: 'grant_set', grant: { id: 'acme-1', endsAt: undefined } },
    },
    {
      why: 'the grant, bounded on both sides, has not begun',
      world: external(readerOn({ from: 11, until: 12 })),
      obstacle: { code: 'not_started', startsAt: 11 },
      change: { kind: 'grant_set', grant: { id: 'acme-1', startsAt: undefined, endsAt: 12 } },
    },
    {
      why: 'the grant, bounded on both sides, has ended',
      world: external(readerOn({ from: 8, until: 9 })),
      obstacle: { code: 'ended', endsAt: 9 },
      change: { kind: 'grant_set', grant: { id: 'acme-1', startsAt: 8, endsAt: undefined } },
    },
    {
      why: 'the connection, bounded on both sides, has not begun',
      world: connected(lets({ from: 11, until: 12 })),
      obstacle: { code: 'connection_not_started', startsAt: 11 },
      change: { kind: 'connection_set', connection: { startsAt: undefined, endsAt: 12 } },
    },
    {
      why: 'the connection, bounded on both sides, is over',
      world: connected(lets({ from: 8, until: 9 })),
      obstacle: { code: 'connection_over', endsAt: 9 },
      change: { kind: 'connection_set', connection: { startsAt: 8, endsAt: undefined } },
    },
    {
      why: 'the grant is over another organization',
      world: external(readerOn({ on: 'milan' })),
      obstacle: { code: 'other_organization', organization: 'milan' },
      change: {
        kind: 'grant_set',
        grant: { id: 'grt_proposed', subject: { id: 'dan' }, organization: 'rome' },
      },
    },
    {
      why: 'everywhere was asked about, and the grant is over one organization',
      world: external(readerOn({ on: 'milan' })),
      question: { organization: undefined },
      obstacle: { code: 'not_over_the_account', organization: 'milan' },
      change: { kind: 'grant_set', grant: { id: 'grt_proposed', role: 'reader' } },
    },
    {
      why: 'a permission of level account cannot be had from a grant over one organization',
      world: external({ grants: [{ to: 'dan', role: 'editor', on: 'rome' }] }),
      question: { permission: 'bill.pay' },
      obstacle: { code: 'not_over_the_account', organization: 'rome' },
      change: { kind: 'grant_set', grant: { id: 'grt_proposed', role: 'editor' } },
    },
    {
      why: 'it is held for their own only',
      world: external({ grants: [{ to: 'dan', role: 'own' }] }),
      obstacle: { code: 'own_only' },
      change: { kind: 'grant_set', grant: { id: 'grt_proposed', role: 'reader' } },
    },
    {
      why: 'the role is bound to another organization',
      world: external({
        roles: { keeper: { permissions: ['ticket.view'], organizations: ['milan'] } },
        grants: [{ to: 'dan', role: 'keeper', on: 'rome' }],
      }),
      obstacle: { code: 'role_bound_elsewhere', organizations: ['milan'] },
      change: { kind: 'grant_set', grant: { id: 'grt_proposed', role: 'reader' } },
    },
    {
      why: 'the account is suspended',
      world: external({ status: 'suspended', ...readerOn({}) }),
      obstacle: { code: 'account_suspended', account: 'acme' },
      change: { kind: 'account_set', status: 'active' },
    },
    {
      why: 'the membership is suspended',
      world: external({ external: ['dan (suspended)'], ...readerOn({}) }),
      obstacle: { code: 'member_suspended', account: 'acme', user: 'dan' },
      change: { kind: 'member_set', member: { user: 'dan', kind: 'external', status: 'active' } },
    },
    {
      why: 'the membership is suspended, at home',
      world: { acme: { organizations: ['rome'], users: ['dan (suspended)'], ...readerOn({}) } },
      obstacle: { code: 'member_suspended', account: 'acme', user: 'dan' },
      change: { kind: 'member_set', member: { user: 'dan', kind: 'home', status: 'active' } },
    },
    {
      why: 'the person is suspended at home',
      world: external(readerOn({}), { users: ['dan (suspended)'] }),
      obstacle: { code: 'inactive_at_home', account: 'globex', user: 'dan' },
      change: { kind: 'member_set', member: { user: 'dan', kind: 'home', status: 'active' } },
      in: 'globex',
    },
    {
      why: 'the connection is paused',
      world: connected(lets({ status: 'paused' })),
      obstacle: { code: 'connection_not_active', connection: 'acme-globex', status: 'paused' },
      change: { kind: 'connection_set', connection: { id: 'acme-globex', status: 'active' } },
    },
    {
      why: 'the connection has not begun',
      world: connected(lets({ from: 11 })),
      obstacle: { code: 'connection_not_started', connection: 'acme-globex', startsAt: 11 },
      change: { kind: 'connection_set', connection: { startsAt: undefined } },
    },
    {
      why: 'the connection is over',
      world: connected(lets({ until: 10 })),
      obstacle: { code: 'connection_over', connection: 'acme-globex', endsAt: 10 },
      change: { kind: 'connection_set', connection: { endsAt: undefined } },
    },
    {
      why: 'the guest account is suspended',
      world: connected({}, { status: 'suspended' }),
      obstacle: { code: 'guest_suspended', connection: 'acme-globex', account: 'globex' },
      change: { kind: 'account_set', status: 'active' },
      in: 'globex',
    },
    {
      why: 'the person is not a delegate',
      world: connected(lets({ delegates: 'night' }), { groups: { night: [] } }),
      obstacle: { code: 'not_a_delegate', connection: 'acme-globex', group: 'night' },
      change: { kind: 'group_member_added', group: 'night', member: { kind: 'user', id: 'dan' } },
      in: 'globex',
    },
    {
      why: 'the delegates are a group that only the identity provider fills',
      world: connected(lets({ delegates: 'night' }), { ssoGroups: { night: [] } }),
      obstacle: { code: 'not_a_delegate', connection: 'acme-globex', group: 'night' },
      change: { kind: 'connection_set', connection: { delegates: 'everyone' } },
    },
    {
      why: 'the maximum role does not have it',
      world: connected({
        connections: { globex: { maximum: 'own' } },
        grants: [{ to: 'connection:globex', role: 'reader' }],
      }),
      obstacle: { code: 'beyond_maximum', connection: 'acme-globex', maximum: 'own' },
      change: { kind: 'connection_set', connection: { maximum: 'manager' } },
    },
    {
      why: 'the person does not have it at home',
      world: connected({}, { grants: [] }),
      obstacle: { code: 'beyond_standing', connection: 'acme-globex', account: 'globex', near: [] },
      change: { kind: 'grant_set', grant: { id: 'grt_proposed', subject: { id: 'dan' }, role: 'reader' } },
      in: 'globex',
    },
  ])('$why', ({ world, question, obstacle, change, in: account = 'acme' }) => {
    expect(explained(world, question)).toMatchObject({
      allowed: false,
      because: [],
      unknown: undefined,
      nearMisses: [{ obstacles: [obstacle] }],
      smallestChange: [{ account, changes: [change] }],
    })
    expect(explained(world, question).nearMisses[0]?.obstacles).toHaveLength(1)
  })

  test('a maximum role that is gone lets nothing through', () => {
    const world = connected({
      connections: { globex: { maximum: 'gone' } },
      grants: [{ to: 'connection:globex', role: 'reader' }, { to: 'connection:globex' }],
    })

    expect(explained(world).nearMisses).toMatchObject([
      {
        path: { grant: { id: 'acme-1' }, through: { maximum: { id: 'gone', name: 'gone' } } },
        obstacles: [{ code: 'beyond_maximum', maximum: 'gone' }],
      },
    ])
    expect(explained(world).smallestChange).toMatchObject([
      { changes: [{ kind: 'connection_set', connection: { maximum: 'reader' } }] },
    ])
  })

  test('a way that is not open has no standing to name, and no end', () => {
    const [nearMiss] = explained(connected({}, { grants: [] })).nearMisses

    expect(nearMiss?.path.through?.standing).toEqual([])
    expect(nearMiss?.path).not.toHaveProperty('until')
  })

  test('a way without standing ends with its grant', () => {
    const world = connected(
      { grants: [{ to: 'connection:globex', role: 'reader', until: 15 }] },
      { grants: [] },
    )

    expect(explained(world).nearMisses).toMatchObject([{ path: { until: 15 } }])
  })

  test('what is unlike what is asked does not come near it', () => {
    const world = connected(
      {},
      { roles: { other: { permissions: ['asset.tag'] } }, grants: [{ to: 'dan', role: 'other' }] },
    )

    expect(explained(world).nearMisses).toMatchObject([
      { obstacles: [{ code: 'beyond_standing', near: [] }] },
    ])
  })

  test('the ceilings that are too low are named together', () => {
    const world = connected(
      { connections: { globex: { maximum: 'own' } }, grants: [{ to: 'connection:globex', role: 'reader' }] },
      { grants: [] },
    )

    expect(explained(world).limits).toMatchObject([
      { by: [{ code: 'beyond_maximum' }, { code: 'beyond_standing' }] },
    ])
  })

  test('what is guarded is never had through a connection, so the person is made a member', () => {
    const world = connected(
      {
        connections: { globex: { maximum: 'superuser' } },
        grants: [{ to: 'connection:globex', role: 'superuser' }],
      },
      { grants: [{ to: 'dan', role: 'superuser' }] },
    )

    expect(explained(world, { permission: 'vault.open' })).toMatchObject({
      nearMisses: [{ obstacles: [{ code: 'guarded', connection: 'acme-globex' }] }],
      limits: [{ by: [{ code: 'guarded' }] }],
      smallestChange: [
        {
          account: 'acme',
          changes: [
            { kind: 'member_set', member: { user: 'dan', kind: 'external', home: 'globex' } },
            { kind: 'grant_set', grant: { subject: { id: 'dan' }, organization: 'rome' } },
          ],
        },
      ],
    })
  })

  test.each([
    {
      why: 'by a role that does not connect',
      grants: [{ to: 'dan', role: 'lite' }],
      codes: ['does_not_connect'],
    },
    {
      why: 'over one organization only',
      grants: [{ to: 'dan', role: 'reader', on: 'oslo' }],
      codes: ['not_over_the_account'],
    },
    { why: 'no more', grants: [{ to: 'dan', role: 'reader', until: 10 }], codes: ['ended'] },
    { why: 'for their own only', grants: [{ to: 'dan', role: 'own' }], codes: ['own_only'] },
    {
      why: 'as one of a group',
      grants: [{ to: 'group:day', role: 'lite' }],
      codes: ['does_not_connect'],
      group: 'day',
    },
  ])('a person has it at home, but $why', ({ grants, codes, group }) => {
    const world = connected({}, { organizations: ['oslo'], groups: { day: ['dan'] }, grants })
    const near = [{ grant: 'globex-1', obstacles: codes.map((code) => ({ code })), ...(group && { group }) }]

    expect(explained(world).nearMisses).toMatchObject([{ obstacles: [{ code: 'beyond_standing', near }] }])
  })

  test('the nearest comes first', () => {
    const { nearMisses } = explained(
      external({
        grants: [
          { to: 'dan', role: 'own', on: 'milan', until: 3 },
          { to: 'dan', role: 'reader', until: 3 },
        ],
      }),
    )

    expect(nearMisses.map(({ path }) => path.grant.id)).toEqual(['acme-2', 'acme-1'])
  })

  test('several things in one way are all cleared, in one change of each thing', () => {
    const world = connected({ ...lets({ status: 'paused', until: 5 }), status: 'suspended' })

    const [connection] = worldOf(smallBlueprint, world).accounts.get(asked.account)!.connections

    expect(explained(world).smallestChange).toEqual([
      {
        account: 'acme',
        changes: [
          { kind: 'account_set', status: 'active' },
          { kind: 'connection_set', connection: { ...connection, status: 'active', endsAt: undefined } },
        ],
      },
    ])
  })

  test('an account and a grant in it are cleared together', () => {
    const subject = { kind: 'user', id: 'dan' }

    expect(explained(external({ status: 'suspended', ...readerOn({ until: 5 }) })).smallestChange).toEqual([
      {
        account: 'acme',
        changes: [
          { kind: 'account_set', status: 'active' },
          { kind: 'grant_set', grant: { id: 'acme-1', subject, role: 'reader', endsAt: undefined } },
        ],
      },
    ])
  })

  test('a suspended account is resumed for somebody who gets their first grant', () => {
    expect(explained(external({ status: 'suspended' })).smallestChange).toMatchObject([
      { account: 'acme', changes: [{ kind: 'account_set' }, { kind: 'grant_set' }] },
    ])
  })

  test('where no role at home could give it, the person is made a member', () => {
    const narrow = resolveBlueprint({
      name: 'Narrow',
      resources: { ticket: { actions: { view: 'View', burn: 'Burn' } } },
      roles: { superuser: { name: 'Superuser', permissions: ['ticket.view'] } },
    })
    if (!narrow.ok) throw new Error('expected a blueprint')
    const world = worldOf(narrow.value, {
      acme: {
        organizations: ['rome'],
        roles: { burner: { permissions: ['ticket.burn'] } },
        connections: { globex: { maximum: 'burner' } },
        grants: [{ to: 'connection:globex' }],
      },
      globex: { users: ['dan'], grants: [{ to: 'dan', role: 'superuser' }] },
    })

    expect(explain(directoryOf(world), { ...asked, permission: 'ticket.burn' })).toMatchObject({
      nearMisses: [{ obstacles: [{ code: 'beyond_standing' }] }],
      smallestChange: [{ changes: [{ kind: 'member_set' }, { grant: { role: 'burner' } }] }],
    })
  })
})

describe('the smallest change', () => {
  test('is found among any number of grants that no change can bring nearer', () => {
    const elsewhere = Array.from({ length: 12 }, () => ({ to: 'dan', role: 'reader', on: 'milan' }))

    expect(explained(external({ grants: elsewhere })).smallestChange).toMatchObject([
      { changes: [{ kind: 'grant_set', grant: { id: 'grt_proposed', organization: 'rome' } }] },
    ])
  })

  test('is found among any number of ways that reach more people', () => {
    const ended = Array.from({ length: 12 }, () => ({ to: 'group:day', role: 'reader', until: 5 }))

    expect(explained(external({ groups: { day: ['dan'] }, grants: ended })).smallestChange).toMatchObject([
      { account: 'acme', changes: [{ kind: 'grant_set', grant: { subject: { id: 'dan' } } }] },
    ])
  })

  test('never raises a maximum to a role that is bound to organizations', () => {
    const world = connected(
      {
        roles: {
          keeper: { permissions: ['ticket.view', 'asset.view', 'asset.tag'], organizations: ['rome'] },
        },
        connections: { globex: { maximum: 'reader' } },
        grants: [{ to: 'connection:globex', role: 'keeper', on: 'rome' }],
      },
      { grants: [{ to: 'dan', role: 'editor' }] },
    )

    expect(explained(world, { permission: 'asset.tag' }).smallestChange).toMatchObject([
      { changes: [{ kind: 'connection_set', connection: { maximum: 'editor' } }] },
    ])
  })

  test('is a grant of their own rather than one that the whole group has', () => {
    const world = external({
      groups: { day: ['dan'] },
      grants: [{ to: 'group:day', role: 'reader', until: 5 }],
    })

    expect(explained(world).smallestChange).toMatchObject([
      { changes: [{ grant: { subject: { id: 'dan' } } }] },
    ])
  })

  test('leaves out what another part of it makes up for', () => {
    const world = connected(lets({ delegates: 'night' }), {
      groups: { night: [] },
      grants: [{ to: 'group:night', role: 'reader' }],
    })

    expect(explained(world).smallestChange).toEqual([
      {
        account: 'globex',
        changes: [{ kind: 'group_member_added', group: 'night', member: { kind: 'user', id: 'dan' } }],
      },
    ])
  })

  test('opens a connection to everyone where the group of its delegates is gone', () => {
    expect(explained(connected(lets({ delegates: 'gone' }))).smallestChange).toMatchObject([
      { changes: [{ kind: 'connection_set', connection: { delegates: 'everyone' } }] },
    ])
  })

  test('makes somebody a member of their home, or brings an external user in', () => {
    const world = { acme: { organizations: ['rome'] }, globex: { users: ['dan'], external: ['eve'] } }
    const member = (home: string, user = 'dan') =>
      explained(world, { user: user as UserId }, home).smallestChange?.[0]?.changes[0]

    expect(member('acme')).toMatchObject({ member: { kind: 'home', status: 'active', home: 'acme' } })
    expect(member('globex')).toMatchObject({ member: { kind: 'external', status: 'active', home: 'globex' } })
    expect(member('nowhere')).toBeUndefined()
    expect(member('globex', 'eve')).toBeUndefined()
  })

  test('proposes a grant under an id that no grant has', () => {
    const directory = directoryOf(worldOf(smallBlueprint, external({})))
    const [first] = explain(directory, asked).smallestChange!
    const acme = directory.account(asked.account)!.withChanges(first!.changes)
    const later = {
      ...directory,
      account: (id: AccountId) => (id === acme.id ? acme : directory.account(id)),
    }
    const [second] = explain(later, { ...asked, permission: 'asset.tag' }).smallestChange!

    expect(second!.changes).toMatchObject([{ grant: { id: 'grt_proposed_again' } }])
  })
})

describe('an answer that is yes comes with what would take it away', () => {
  test('the one grant', () => {
    expect(explained(external(readerOn({}))).smallestChange).toEqual([
      { account: 'acme', changes: [{ kind: 'grant_removed', id: 'acme-1' }] },
    ])
  })

  test('two grants, where there are two', () => {
    const { smallestChange } = explained(
      external({
        grants: [
          { to: 'dan', role: 'reader' },
          { to: 'dan', role: 'lite', on: 'rome' },
        ],
      }),
    )

    expect(smallestChange?.[0]?.changes).toHaveLength(2)
  })

  test('the place in a group rather than a grant that others have by it too', () => {
    const world = external({ groups: { day: ['dan'] }, grants: [{ to: 'group:day', role: 'reader' }] })

    expect(explained(world).smallestChange).toEqual([
      {
        account: 'acme',
        changes: [{ kind: 'group_member_removed', group: 'day', member: { kind: 'user', id: 'dan' } }],
      },
    ])
  })

  test('the grant, where the identity provider fills the group', () => {
    const world = external({ ssoGroups: { day: ['dan'] }, grants: [{ to: 'group:day', role: 'reader' }] })

    expect(explained(world).smallestChange).toMatchObject([
      { changes: [{ kind: 'grant_removed', id: 'acme-1' }] },
    ])
  })

  test('the place among the delegates rather than the connection', () => {
    const world = connected(lets({ delegates: 'night' }), { groups: { night: ['dan'] } })

    expect(explained(world).smallestChange).toEqual([
      {
        account: 'globex',
        changes: [{ kind: 'group_member_removed', group: 'night', member: { kind: 'user', id: 'dan' } }],
      },
    ])
  })

  test('the grant to the connection, where the identity provider fills the group of its delegates', () => {
    const world = connected(lets({ delegates: 'night' }), { ssoGroups: { night: ['dan'] } })

    expect(explained(world).smallestChange).toEqual([
      { account: 'acme', changes: [{ kind: 'grant_removed', id: 'acme-1' }] },
    ])
  })

  test('the place of the connection in a group rather than each of that group’s grants', () => {
    const world = connected({
      groups: { partners: ['connection:globex'] },
      grants: [
        { to: 'group:partners', role: 'reader' },
        { to: 'group:partners', role: 'lite', on: 'rome' },
      ],
    })
    const member = { kind: 'connection', id: 'acme-globex' }

    expect(explained(world).smallestChange).toEqual([
      { account: 'acme', changes: [{ kind: 'group_member_removed', group: 'partners', member }] },
    ])
  })

  test('one pause of a connection rather than every grant to it', () => {
    const world = connected({
      grants: [
        { to: 'connection:globex', role: 'reader' },
        { to: 'connection:globex', role: 'lite', on: 'rome' },
      ],
    })

    expect(explained(world).smallestChange).toMatchObject([
      { changes: [{ kind: 'connection_set', connection: { status: 'paused' } }] },
    ])
  })

  test('a grant to a connection rather than a pause of it, whatever else it was granted elsewhere', () => {
    const world = connected({
      grants: [
        { to: 'connection:globex', role: 'reader' },
        { to: 'connection:globex', role: 'reader', on: 'milan' },
      ],
    })

    expect(explained(world).smallestChange).toEqual([
      { account: 'acme', changes: [{ kind: 'grant_removed', id: 'acme-1' }] },
    ])
  })

  test('as many steps as it takes', () => {
    const grants = ['reader', 'lite', 'creator', 'editor', 'manager', 'superuser'].map((role) => ({
      to: 'dan',
      role,
    }))

    expect(explained(external({ grants })).smallestChange?.[0]?.changes).toHaveLength(6)
  })

  test('as few steps as it takes, where each closes several ways', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const world = external({
      groups: Object.fromEntries(names.map((name) => [name, ['dan']])),
      grants: names.flatMap((name) => [
        { to: `group:${name}`, role: 'reader' },
        { to: `group:${name}`, role: 'lite' },
      ]),
    })

    expect(explained(world).smallestChange?.[0]?.changes).toHaveLength(5)
  })
})

/** Acme with six connections to Globex: all are in the group of `hub`, and each other one in a group of its own. */
function manyConnections() {
  const spokes = ['a', 'b', 'c', 'd', 'e']
  const sketch = connected({
    connections: Object.fromEntries(['hub', ...spokes].map((name) => [name, { maximum: 'editor' }])),
    groups: Object.fromEntries(spokes.map((name) => [name, ['connection:hub', `connection:${name}`]])),
    grants: spokes.map((name) => ({ to: `group:${name}`, role: 'reader' })),
  })
  const { accounts, blueprint } = worldOf(smallBlueprint, sketch)
  const acme = accounts.get(asked.account)!
  const connections = acme.connections.map((connection) => ({ ...connection, guest: 'globex' as AccountId }))
  return directoryOf({ blueprint, accounts: new Map(accounts).set(acme.id, { ...acme, connections }) })
}

test('what takes access away leaves out a step that later ones make up for', () => {
  const { allowed, smallestChange } = explain(manyConnections(), asked)

  expect(allowed).toBe(true)
  expect(smallestChange).toEqual([
    {
      account: 'acme',
      changes: [1, 2, 3, 4, 5].map((number) => ({ kind: 'grant_removed', id: `acme-${number}` })),
    },
  ])
})

describe('a reason is a way that can be walked', () => {
  test('from the person over a group to the permission', () => {
    const world = external({
      groups: { day: ['dan'] },
      grants: [{ to: 'group:day', role: 'reader', on: 'rome', from: 1, until: 20 }],
    })

    expect(explained(world).limits).toEqual([])
    expect(explained(world).because).toEqual([
      {
        user: 'dan',
        account: 'acme',
        group: { id: 'day', name: 'day', kind: 'manual' },
        grant: {
          id: 'acme-1',
          role: { id: 'reader', name: 'Reader' },
          organization: 'rome',
          startsAt: 1,
          endsAt: 20,
        },
        permission: 'ticket.view',
        until: 20,
      },
    ])
  })

  test('from the person over their standing, a connection and its group', () => {
    const world = connected(
      {
        connections: { globex: { maximum: 'editor', until: 15 } },
        groups: { partners: ['connection:globex'] },
        grants: [{ to: 'group:partners', role: 'reader' }],
      },
      {
        groups: { day: ['dan'] },
        grants: [
          { to: 'group:day', role: 'reader', until: 12 },
          { to: 'dan', role: 'creator', until: 13 },
          { to: 'dan', role: 'reader', until: 9 },
          { to: 'dan', role: 'other' },
        ],
        roles: { other: { permissions: ['asset.tag'] } },
      },
    )

    expect(explained(world).because).toEqual([
      {
        user: 'dan',
        account: 'acme',
        through: {
          connection: 'acme-globex',
          guest: 'globex',
          maximum: { id: 'editor', name: 'Editor' },
          standing: [
            { grant: 'globex-2', role: { id: 'creator', name: 'Creator' } },
            {
              grant: 'globex-1',
              role: { id: 'reader', name: 'Reader' },
              group: { id: 'day', name: 'day', kind: 'manual' },
            },
          ],
        },
        group: { id: 'partners', name: 'partners', kind: 'manual' },
        grant: { id: 'acme-1', role: { id: 'reader', name: 'Reader' } },
        permission: 'ticket.view',
        until: 13,
      },
    ])
  })

  test('what is held for their own only is said to be, wherever it was cut down', () => {
    const mine = { owner: 'dan' }
    const byMaximum = connected({
      connections: { globex: { maximum: 'own' } },
      grants: [{ to: 'connection:globex', role: 'reader' }],
    })
    const byStanding = connected({}, { grants: [{ to: 'dan', role: 'own' }] })

    for (const world of [external({ grants: [{ to: 'dan', role: 'own' }] }), byMaximum, byStanding]) {
      expect(explained(world, mine).because).toMatchObject([{ permission: 'ticket.view:own' }])
    }
    expect(explained(connected({}), mine).because).toMatchObject([{ permission: 'ticket.view' }])
  })

  test('limits are what only a ceiling took off', () => {
    const { limits } = explained(
      connected({
        connections: { globex: { maximum: 'own' } },
        grants: [
          { to: 'connection:globex', role: 'reader' },
          { to: 'connection:globex', role: 'reader', on: 'milan' },
        ],
      }),
    )

    expect(limits).toMatchObject([{ path: { grant: { id: 'acme-1' } }, by: [{ code: 'beyond_maximum' }] }])
    expect(limits).toHaveLength(1)
  })
})

describe('a question that names what is not there', () => {
  const world = external(readerOn({}))

  test.each([
    ['permission', { permission: 'ticket.burn' }],
    ['permission', { permission: 'ticket.view:own' }],
    ['account', { account: 'nowhere' as AccountId }],
    ['organization', { organization: 'atlantis' as OrganizationId }],
  ] as const)('an unknown %s is denied, and no change helps', (unknown, change) => {
    expect(explained(world, change)).toMatchObject({
      allowed: false,
      because: [],
      nearMisses: [],
      unknown,
      smallestChange: undefined,
    })
  })

  test('somebody unknown is denied, and can be let in only where their home is known', () => {
    const stranger = { user: 'eve' as UserId }
    const withEve = { ...world, initech: { users: ['eve'] } }

    expect(explained(withEve, stranger)).toMatchObject({ unknown: 'user', smallestChange: undefined })
    expect(explained(withEve, stranger, 'initech')).toMatchObject({
      unknown: 'user',
      smallestChange: [{ account: 'acme', changes: [{ kind: 'member_set' }, { kind: 'grant_set' }] }],
    })
  })

  test('a member is known, even where their home cannot be seen', () => {
    const { acme } = world

    expect(explained({ acme: acme! })).toMatchObject({
      allowed: false,
      unknown: undefined,
      nearMisses: [{ obstacles: [{ code: 'inactive_at_home', account: 'elsewhere' }] }],
      smallestChange: undefined,
    })
  })

  test('the answer says at which revision it was given', () => {
    expect(explained(world).revision).toBe(1)
    expect(explained(world, { account: 'nowhere' as AccountId }).revision).toBeUndefined()
  })
})
