import { describe, expect, test } from 'vitest'
import type { AccessChange } from '../access/access-change.ts'
import { AccountIndex } from '../access/account-index.ts'
import type { AccountFacts } from '../access/facts.ts'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import { setOf } from '../role/permission-set.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { compareSeats, seatFactsOf } from './compare-seats.ts'
import { countSeats, seats } from './seats.ts'

const at = 1_000
const acme = 'acme' as AccountId
const rome = 'rome' as OrganizationId
const pineapple = 'rol_pineapple' as RoleId
const person = (id: string) => ({ kind: 'user', id: id as UserId }) as const

/** Dana is reader by her group, Pia is kept to Rome, Erik is external; NightOwl is let in. */
const facts: AccountFacts = {
  id: acme,
  status: 'active',
  revision: 1,
  organizations: [rome],
  roles: [
    {
      id: pineapple,
      key: 'pineapple',
      name: 'Pineapple',
      permissions: setOf(smallBlueprint.size, []),
      organizations: [rome],
    },
  ],
  members: [
    { user: 'dana' as UserId, kind: 'home', status: 'active', home: acme },
    { user: 'pia' as UserId, kind: 'home', status: 'active', home: acme },
    { user: 'erik' as UserId, kind: 'external', status: 'active', home: 'elsewhere' as AccountId },
  ],
  groups: [{ id: 'all' as GroupId, key: 'all', name: 'All', kind: 'manual', members: [person('dana')] }],
  grants: [
    { id: 'g-all' as GrantId, subject: { kind: 'group', id: 'all' as GroupId }, role: 'reader' as RoleId },
    { id: 'g-pia' as GrantId, subject: person('pia'), role: pineapple, organization: rome },
  ],
  connections: [
    {
      id: 'con_1' as ConnectionId,
      host: acme,
      guest: 'nightowl' as AccountId,
      maximum: 'editor' as RoleId,
      delegates: 'everyone',
      status: 'active',
    },
  ],
}

const index = AccountIndex.of(smallBlueprint, facts)
const seat = (user: string, reason: string, billed: boolean) => ({ user, reason, billed })

test('the seats of an account are those of its members, and nobody else', () => {
  expect(countSeats(seats(seatFactsOf(index), at))).toEqual({
    billed: 2,
    byReason: { member: 1, restricted: 0, single_customer: 1, external: 1, suspended: 0 },
  })
})

describe('a change tells which seats become others', () => {
  const leave: AccessChange = {
    kind: 'group_member_removed',
    group: 'all' as GroupId,
    member: person('dana'),
  }
  const suspend: AccessChange = {
    kind: 'member_set',
    member: { user: 'dana' as UserId, kind: 'home', status: 'suspended', home: acme },
  }

  test.each<[string, AccessChange[], { billed: number; changed: object[] }]>([
    [
      'a group that is left',
      [leave],
      {
        billed: 0,
        changed: [
          { user: 'dana', before: seat('dana', 'member', true), after: seat('dana', 'restricted', true) },
        ],
      },
    ],
    [
      'a suspension',
      [suspend],
      {
        billed: -1,
        changed: [
          { user: 'dana', before: seat('dana', 'member', true), after: seat('dana', 'suspended', false) },
        ],
      },
    ],
    [
      'a new user',
      [{ kind: 'member_set', member: { user: 'new' as UserId, kind: 'home', status: 'active', home: acme } }],
      { billed: 1, changed: [{ user: 'new', after: seat('new', 'restricted', true) }] },
    ],
    [
      'an external user who leaves',
      [{ kind: 'member_removed', user: 'erik' as UserId }],
      { billed: 0, changed: [{ user: 'erik', before: seat('erik', 'external', false) }] },
    ],
    [
      'a full user made of one who was kept to a customer',
      [
        {
          kind: 'grant_set',
          grant: { id: 'g-1' as GrantId, subject: person('pia'), role: 'reader' as RoleId },
        },
      ],
      {
        billed: 0,
        changed: [
          { user: 'pia', before: seat('pia', 'single_customer', true), after: seat('pia', 'member', true) },
        ],
      },
    ],
    [
      'a grant that changes no seat',
      [
        {
          kind: 'grant_set',
          grant: { id: 'g-1' as GrantId, subject: person('dana'), role: 'editor' as RoleId },
        },
      ],
      { billed: 0, changed: [] },
    ],
  ])('%s', (_, changes, comparison) => {
    expect(compareSeats(index, index.withChanges(changes), at)).toEqual(comparison)
  })

  test('and looks only at those whom the change concerns, where they are given', () => {
    const after = index.withChanges([leave])

    expect(compareSeats(index, after, at, new Set(['dana' as UserId])).changed).toHaveLength(1)
    expect(compareSeats(index, after, at, new Set(['pia' as UserId])).changed).toEqual([])
  })
})
