import { describe, expect, test } from 'vitest'
import type { Connection } from '../connection/connection.ts'
import type { AccountId, RoleId, UserId } from '../id.ts'
import { heldForms } from '../role/held-forms.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf } from '../testing/world-of.ts'
import type { Member } from '../user/member.ts'
import type { AccessChange } from './access-change.ts'
import { AccountIndex } from './account-index.ts'
import { stakesOf } from './at-stake.ts'

const owl = 'owl' as AccountId
const facts = worldOf(smallBlueprint, {
  acme: {
    organizations: ['rome'],
    users: ['ann', 'sam (suspended)'],
    external: ['nia', 'tom (suspended)'],
    roles: { keeper: { permissions: ['vault.open'] } },
    connections: { owl: { maximum: 'editor' }, lynx: { maximum: 'editor' } },
    grants: [
      { to: 'ann', role: 'reader' },
      { to: 'connection:owl', role: 'reader' },
      { to: 'connection:owl', role: 'editor', until: 10 },
      { to: 'connection:lynx', role: 'editor' },
    ],
  },
  owl: { users: ['nia', 'tom'] },
  lynx: { users: ['lou'] },
}).accounts.get('acme' as AccountId)!
const index = AccountIndex.of(smallBlueprint, facts)

/** What is at stake at the moment 10, in words. */
function atStake(change: AccessChange): string[] {
  return stakesOf({ blueprint: smallBlueprint, index, at: 10 }, change).map(({ organization, permissions }) =>
    [organization ?? 'everywhere', ...heldForms(permissions, smallBlueprint)].join(' '),
  )
}

const becomes = (user: string, change: Partial<Member>): AccessChange => ({
  kind: 'member_set',
  member: { user: user as UserId, kind: 'external', status: 'active', home: owl, ...change },
})
const reader = 'everywhere ticket.view asset.view'

describe('at stake is', () => {
  test.each<[string, AccessChange, string[]]>([
    ['nothing where the account stays as it is', { kind: 'account_set', status: 'active' }, []],
    [
      'what comes through the connection, for somebody suspended',
      becomes('nia', { status: 'suspended' }),
      [reader],
    ],
    ['what comes through the connection, for somebody brought back', becomes('tom', {}), [reader]],
    ['nothing for somebody who comes from there anew', becomes('lea', {}), []],
    ['nothing for somebody from there who is removed', { kind: 'member_removed', user: 'nia' as UserId }, []],
    ['nothing of other accounts’ connections', becomes('sam', { kind: 'home', home: facts.id }), []],
    [
      'the permissions of a role that goes',
      { kind: 'role_removed', id: 'keeper' as RoleId },
      ['everywhere vault.open'],
    ],
  ])('%s', (_, change, expected) => {
    expect(atStake(change)).toEqual(expected)
  })

  test('all there is, where the account is suspended', () => {
    expect(atStake({ kind: 'account_set', status: 'suspended' })).toEqual([
      ['everywhere', ...smallBlueprint.permissions.map(({ key }) => key)].join(' '),
    ])
  })

  test('of a connection what counts or will, before and after, and nothing of what has ended', () => {
    const connection: Connection = { ...facts.connections[0]!, maximum: 'creator' as RoleId }

    expect(atStake({ kind: 'connection_set', connection })).toEqual([reader, reader])
  })

  test('nothing of a connection that was declined', () => {
    const connection: Connection = { ...facts.connections[0]!, status: 'declined' }

    expect(atStake({ kind: 'connection_set', connection })).toEqual([reader])
  })
})
