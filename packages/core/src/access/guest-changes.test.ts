import { describe, expect, test } from 'vitest'
import type { Connection } from '../connection/connection.ts'
import type { AccountId, ConnectionId, GrantId, GroupId, RoleId, UserId } from '../id.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf } from '../testing/world-of.ts'
import type { AccessChange } from './access-change.ts'
import { AccountIndex } from './account-index.ts'
import { isTheGuestsToChange } from './guest-changes.ts'

const owl = 'owl' as AccountId
const facts = worldOf(smallBlueprint, {
  acme: {
    users: ['ann'],
    groups: { partners: ['ann', 'connection:owl', 'connection:lynx'] },
    connections: {
      owl: { maximum: 'editor', from: 10, until: 20 },
      lynx: { maximum: 'editor' },
    },
    grants: [
      { to: 'connection:owl', role: 'reader' },
      { to: 'connection:lynx', role: 'reader' },
      { to: 'ann', role: 'reader' },
    ],
  },
}).accounts.get('acme' as AccountId)!
const index = AccountIndex.of(smallBlueprint, facts)

const own = facts.connections[0]!
const becomes = (change: Partial<Connection>): AccessChange => ({
  kind: 'connection_set',
  connection: { ...own, ...change },
})
const without = (id: string): AccessChange => ({ kind: 'grant_removed', id: id as GrantId })
const ann = { kind: 'user', id: 'ann' as UserId } as const
const connection = (id: string) => ({ kind: 'connection', id: id as ConnectionId }) as const
const leaves = (member: typeof ann | ReturnType<typeof connection>): AccessChange => ({
  kind: 'group_member_removed',
  group: 'partners' as GroupId,
  member,
})

describe('the guest of a connection may', () => {
  test.each<[string, AccessChange]>([
    ['leave it as it is', becomes({})],
    ['end it', becomes({ status: 'ended' })],
    ['lower its maximum', becomes({ maximum: 'reader' as RoleId })],
    ['put its start off', becomes({ startsAt: 11 })],
    ['bring its end nearer', becomes({ endsAt: 19 })],
    ['give back what it was granted', without('acme-1')],
    ['take it out of a group', leaves(connection('acme-owl'))],
  ])('%s', (_, change) => {
    expect(isTheGuestsToChange(index, owl, change)).toBe(true)
  })
})

describe('the guest of a connection may not', () => {
  test.each<[string, AccessChange]>([
    ['pause it', becomes({ status: 'paused' })],
    [
      'raise its maximum, not even while ending it',
      becomes({ maximum: 'manager' as RoleId, status: 'ended' }),
    ],
    ['bring its start nearer', becomes({ startsAt: 9 })],
    ['take its start away', becomes({ startsAt: undefined })],
    ['put its end off', becomes({ endsAt: 21 })],
    ['take its end away', becomes({ endsAt: undefined })],
    [
      'end another guest’s',
      { kind: 'connection_set', connection: { ...facts.connections[1]!, status: 'ended' } },
    ],
    ['make another', becomes({ id: 'new' as ConnectionId })],
    ['take what another guest was granted', without('acme-2')],
    ['take what a person was granted', without('acme-3')],
    ['take what is not there', without('acme-4')],
    ['take another guest out of a group', leaves(connection('acme-lynx'))],
    ['take a person out of a group', leaves(ann)],
    ['take a connection that is not there out of a group', leaves(connection('none'))],
    [
      'put itself into a group',
      { kind: 'group_member_added', group: 'partners' as GroupId, member: connection('acme-owl') },
    ],
    ['remove people', { kind: 'member_removed', user: ann.id }],
  ])('%s', (_, change) => {
    expect(isTheGuestsToChange(index, owl, change)).toBe(false)
  })
})

test('a connection without a start or an end can be given both by its guest', () => {
  const bounded: AccessChange = {
    kind: 'connection_set',
    connection: { ...facts.connections[1]!, startsAt: 5, endsAt: 6 },
  }

  expect(isTheGuestsToChange(index, 'lynx' as AccountId, bounded)).toBe(true)
})
