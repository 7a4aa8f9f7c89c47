import { beforeEach, describe, expect, test } from 'vitest'
import type { AccessChange } from '../access-change.ts'
import type { AccountId, GrantId, OrganizationId, RoleId, UserId } from '../../id.ts'
import { setOf } from '../../role/permission-set.ts'
import { smallBlueprint } from '../../testing/small-blueprint.ts'
import { worldOf } from '../../testing/world-of.ts'
import { AccountIndex } from '../account-index.ts'
import { allows } from '../allows.ts'
import type { Directory } from '../directory.ts'
import { noRecord } from './records.ts'

const acme = 'acme' as AccountId
const globex = 'globex' as AccountId

/** Ann and Bob alike, Gus and Hal too, Cleo with the same for a while, Eve from Globex by invitation and Dan from there by connection. */
const facts = worldOf(smallBlueprint, {
  acme: {
    organizations: ['rome', 'milan'],
    users: ['ann', 'bob', 'cleo', 'gus', 'hal'],
    external: ['eve'],
    roles: { keeper: { permissions: ['ticket.view'] } },
    groups: { day: ['ann', 'bob'] },
    connections: { globex: { maximum: 'editor' } },
    grants: [
      { to: 'group:day', role: 'keeper', on: 'rome' },
      { to: 'cleo', role: 'reader', from: 10, until: 20 },
      { to: 'eve', role: 'reader' },
      { to: 'gus', role: 'reader' },
      { to: 'hal', role: 'reader' },
      { to: 'connection:globex' },
    ],
  },
  globex: { users: ['dan', 'eve', 'fay'], grants: [{ to: 'dan', role: 'reader' }] },
})

let indexes: Map<AccountId, AccountIndex>
const directory: Directory = { blueprint: smallBlueprint, account: (id) => indexes.get(id) }

beforeEach(() => {
  indexes = new Map(
    [...facts.accounts].map(([id, account]) => [id, AccountIndex.of(smallBlueprint, account)]),
  )
})

function asks(user: string, at = 15): boolean {
  return allows(directory, {
    user: user as UserId,
    permission: 'ticket.view',
    account: acme,
    organization: 'rome' as OrganizationId,
    at,
  })
}

function recordOf(user: string): number {
  const { rows, compiled } = indexes.get(acme)!
  const number = rows.names.users.find(user as UserId)
  return number === undefined ? noRecord : compiled.recordOf(number)
}

function change(account: AccountId, ...changes: AccessChange[]): void {
  indexes.set(account, indexes.get(account)!.withChanges(changes))
}

const grantTo = (user: string): AccessChange => ({
  kind: 'grant_set',
  grant: { id: 'new' as GrantId, subject: { kind: 'user', id: user as UserId }, role: 'own' as RoleId },
})

describe('access is compiled once', () => {
  test.each([['ann'], ['cleo'], ['eve'], ['dan']])('for %s, and found again', (user) => {
    expect(recordOf(user)).toBe(noRecord)
    expect(asks(user)).toBe(true)

    const first = recordOf(user)
    expect(first).not.toBe(noRecord)
    expect(asks(user)).toBe(true)
    expect(recordOf(user)).toBe(first)
  })

  test('for people who are alike', () => {
    asks('ann')
    asks('bob')

    expect(recordOf('bob')).toBe(recordOf('ann'))
    expect(asks('gus')).toBe(true)
    expect(asks('hal')).toBe(true)
    expect(recordOf('hal')).toBe(recordOf('gus'))
  })

  test('for people who have the same, but one for a while, each', () => {
    expect(asks('cleo', 25)).toBe(false)
    expect(asks('gus', 25)).toBe(true)
  })

  test('for a revision and the one before it, where the change is about nobody', () => {
    const before = indexes.get(acme)!
    change(acme, { kind: 'organization_set', id: 'turin' as OrganizationId })
    asks('ann')

    expect(before.compiled.recordOf(before.rows.names.users.find('ann' as UserId)!)).toBe(recordOf('ann'))
    expect(recordOf('ann')).not.toBe(noRecord)
  })

  test('for somebody with a grant for a while: once before it, once in it, once after it', () => {
    const records = [9, 5, 10, 10, 19, 20, 30].map((at) => {
      asks('cleo', at)
      return recordOf('cleo')
    })

    expect(records[0]).toBe(records[1])
    expect(records[3]).toBe(records[2])
    expect(records[4]).toBe(records[2])
    expect(records[5]).toBe(records[6])
    expect(new Set(records).size).toBe(3)
  })

  test('for nobody who is unknown', () => {
    expect(asks('zoe')).toBe(false)
    expect(indexes.get(acme)!.rows.names.users.find('zoe' as UserId)).toBeUndefined()
  })
})

describe('what a change does not touch is not compiled again', () => {
  beforeEach(() => {
    for (const user of ['ann', 'bob', 'cleo', 'eve', 'dan']) asks(user)
  })

  const touched = (...changes: Parameters<typeof change>) => {
    const people = ['ann', 'bob', 'cleo', 'eve', 'dan']
    const before = people.map(recordOf)
    change(...changes)
    for (const user of people) asks(user)
    return people.filter((user, i) => recordOf(user) !== before[i])
  }

  test('a grant to a person', () => {
    expect(touched(acme, grantTo('cleo'))).toEqual(['cleo'])
  })

  test('a role that is edited', () => {
    const permissions = setOf(smallBlueprint.size, [])
    const role = { id: 'keeper' as RoleId, key: 'keeper', name: 'Keeper', permissions }

    expect(touched(acme, { kind: 'role_set', role })).toEqual([])
    expect([asks('ann'), asks('cleo')]).toEqual([false, true])
  })

  test('a role that is made', () => {
    const role = {
      id: 'new' as RoleId,
      key: 'new',
      name: 'New',
      permissions: setOf(smallBlueprint.size, []),
      organizations: [],
    }

    expect(touched(acme, { kind: 'role_set', role })).toEqual([])
  })

  test('an account that is suspended and resumed, an organization, a group without members', () => {
    const group = { id: 'night', key: 'night', name: 'Night', kind: 'manual' } as never

    expect(
      touched(
        acme,
        { kind: 'account_set', status: 'suspended' },
        { kind: 'account_set', status: 'active' },
        { kind: 'organization_set', id: 'turin' as OrganizationId },
        { kind: 'group_set', group },
      ),
    ).toEqual([])
  })

  test('a connection: those who come through one, and those who are from elsewhere', () => {
    const connection = { ...facts.accounts.get(acme)!.connections[0]!, maximum: 'reader' as RoleId }

    expect(touched(acme, { kind: 'connection_set', connection })).toEqual(['eve', 'dan'])
  })

  test('a role at home: those who are from there', () => {
    const role = { id: 'new' as RoleId, key: 'new', name: 'New', permissions: setOf(smallBlueprint.size, []) }

    expect(touched(globex, { kind: 'role_set', role })).toEqual(['eve', 'dan'])
  })
})

test('a change at home is seen at once, whatever it is', () => {
  const expectations: [AccessChange, boolean][] = [
    [{ kind: 'account_set', status: 'suspended' }, false],
    [{ kind: 'account_set', status: 'active' }, true],
    [
      {
        kind: 'member_set',
        member: { user: 'dan' as UserId, kind: 'home', status: 'suspended', home: globex },
      },
      false,
    ],
    [
      { kind: 'member_set', member: { user: 'dan' as UserId, kind: 'home', status: 'active', home: globex } },
      true,
    ],
    [{ kind: 'grant_removed', id: 'globex-1' as GrantId }, false],
  ]
  expect(asks('dan')).toBe(true)
  for (const [step, expected] of expectations) {
    change(globex, step)
    expect(asks('dan')).toBe(expected)
  }
})

test('a role that is bound, or is bound no more, is so at once for everybody who has it', () => {
  const role = {
    id: 'keeper' as RoleId,
    key: 'keeper',
    name: 'Keeper',
    permissions: indexes.get(acme)!.role('keeper' as RoleId)!.permissions,
  }
  expect(asks('ann')).toBe(true)
  change(acme, { kind: 'role_set', role: { ...role, organizations: ['milan' as OrganizationId] } })
  expect(asks('ann')).toBe(false)
  change(acme, { kind: 'role_set', role })
  expect(asks('ann')).toBe(true)
})

test('a home that comes into sight, or goes out of it, is noticed at once', () => {
  const home = indexes.get(globex)!
  for (const isSeen of [false, true, false]) {
    if (isSeen) indexes.set(globex, home)
    else indexes.delete(globex)
    expect([asks('eve'), asks('dan')]).toEqual([isSeen, isSeen])
  }
})

test('memory that is of no more use is given back', () => {
  const grants = Array.from({ length: 5 }, (_, i) => i)
  for (let turn = 0; turn < 3000; turn++) {
    change(acme, {
      kind: 'grant_set',
      grant: {
        id: `g${turn % grants.length}` as GrantId,
        subject: { kind: 'user', id: 'cleo' as UserId },
        role: 'reader' as RoleId,
        organization: (turn % 2 ? 'rome' : 'milan') as OrganizationId,
      },
    })
    asks('cleo')
  }

  expect(indexes.get(acme)!.compiled.records.length).toBeLessThan(5000)
})

test('a preview that is never made leaves nothing behind in what is', () => {
  const index = indexes.get(acme)!
  asks('ann')
  const before = index.rows.grants.length
  for (let i = 0; i < 100; i++) {
    const preview = index.withChanges([grantTo('ann')])
    allows(
      { ...directory, account: () => preview },
      { user: 'ann' as UserId, permission: 'ticket.view', account: acme, at: 0 },
    )
  }

  expect(index.rows.grants.length).toBe(before)
  expect(index.compiled.records.length).toBeLessThan(5000)
  expect(asks('ann')).toBe(true)
})
