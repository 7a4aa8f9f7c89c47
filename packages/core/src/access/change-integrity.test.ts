import { describe, expect, test } from 'vitest'
import type { Connection } from '../connection/connection.ts'
import type { AccountId, ConnectionId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { CustomRole } from '../role/role.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf } from '../testing/world-of.ts'
import type { AccessChange } from './access-change.ts'
import { faultInChange } from './change-integrity.ts'
import { directoryOf } from './directory-of.ts'

const rome = 'rome' as OrganizationId
const milan = 'milan' as OrganizationId
const facts = worldOf(smallBlueprint, {
  acme: {
    organizations: ['rome', 'milan'],
    users: ['ann'],
    external: ['nia'],
    roles: {
      keeper: { permissions: ['asset.view'] },
      handy: { permissions: ['asset.tag'] },
      warden: { permissions: ['asset.view'], organizations: ['rome', 'milan'] },
    },
    ssoGroups: { staff: ['ann', 'connection:owl'] },
    connections: { owl: { maximum: 'keeper' }, lynx: { maximum: 'editor' } },
    grants: [
      { to: 'ann', role: 'warden', on: 'rome' },
      { to: 'ann', role: 'handy', on: 'rome' },
    ],
  },
  owl: { users: ['nia'] },
})
const directory = directoryOf(facts)
const index = directory.account('acme' as AccountId)!
const [toOwl] = index.facts().connections

function faultIn(change: AccessChange, isOperator = false, at = 10) {
  return faultInChange({ directory, index, at, isOperator }, change)
}

const bound = (id: string, organizations: OrganizationId[]): AccessChange => {
  const role = index.role(id as RoleId) as CustomRole
  return { kind: 'role_set', role: { ...role, organizations } }
}
const connection = (change: Partial<Connection>): AccessChange => ({
  kind: 'connection_set',
  connection: { ...toOwl!, ...change },
})
const partner = { kind: 'connection', id: 'acme-owl' as ConnectionId } as const
const staff = 'staff' as GroupId

describe('where a role is bound', () => {
  test('it can be kept to where it is granted', () => {
    expect(faultIn(bound('warden', [rome]))).toBeUndefined()
    expect(faultIn(bound('warden', [milan, rome]))).toBeUndefined()
    expect(faultIn(bound('handy', [milan, rome]))).toBeUndefined()
    expect(faultIn(bound('handy', [milan]))?.code).toBe('role_granted_elsewhere')
  })

  test('it cannot be taken from where it is granted, nor be bound while it is some connection’s maximum', () => {
    expect(faultIn(bound('warden', [milan]))).toEqual({
      code: 'role_granted_elsewhere',
      role: 'warden',
      grants: ['acme-1'],
    })
    expect(faultIn(bound('keeper', [rome]))).toEqual({ code: 'role_is_maximum', role: 'keeper' })
  })

  test('a grant of it that has ended does not count', () => {
    const ended = index.withChanges([
      {
        kind: 'grant_set',
        grant: {
          id: 'acme-1' as never,
          subject: { kind: 'user', id: 'ann' as UserId },
          role: 'warden' as RoleId,
          organization: rome,
          endsAt: 10,
        },
      },
    ])
    const judged = (at: number) =>
      faultInChange({ directory, index: ended, at, isOperator: false }, bound('warden', [milan]))?.code

    expect(judged(9)).toBe('role_granted_elsewhere')
    expect(judged(10)).toBeUndefined()
  })
})

describe('a group that the identity provider fills', () => {
  test('can be left by a connection, and by nobody else', () => {
    expect(faultIn({ kind: 'group_member_removed', group: staff, member: partner })).toBeUndefined()
    expect(faultIn({ kind: 'group_member_added', group: staff, member: partner })?.code).toBe(
      'group_filled_by_sso',
    )
    expect(
      faultIn({ kind: 'group_member_removed', group: staff, member: { kind: 'user', id: 'ann' as UserId } })
        ?.code,
    ).toBe('group_filled_by_sso')
  })
})

test('an external user stays at home where they were', () => {
  const member = { user: 'nia' as UserId, kind: 'external', status: 'active' } as const

  expect(faultIn({ kind: 'member_set', member: { ...member, home: 'owl' as AccountId } })).toBeUndefined()
  expect(faultIn({ kind: 'member_set', member: { ...member, home: 'lynx' as AccountId } })?.code).toBe(
    'member_home_fixed',
  )
})

describe('a connection', () => {
  test('is the host’s, to somebody else', () => {
    const made = { id: 'new' as ConnectionId, host: 'owl' as AccountId, guest: 'lynx' as AccountId }

    expect(faultIn(connection(made))?.code).toBe('connection_sides_fixed')
    expect(faultIn(connection({ ...made, host: index.id }))).toBeUndefined()
  })

  test('has delegates that the guest has, where it can be seen what those are', () => {
    const delegates = 'none' as GroupId

    expect(faultIn(connection({ delegates }))).toEqual({
      code: 'change_reference_unknown',
      resource: 'group',
      id: 'none',
    })
    expect(
      faultIn(connection({ id: 'new' as ConnectionId, guest: 'lynx' as AccountId, delegates })),
    ).toBeUndefined()
  })

  test('that was declined is not granted anything', () => {
    const declined = index.withChanges([connection({ status: 'declined' })])
    const grant = { id: 'new' as never, subject: partner, role: 'reader' as RoleId }
    const setting = { directory, index: declined, at: 10, isOperator: false }

    expect(faultInChange(setting, { kind: 'grant_set', grant })?.code).toBe('connection_closed')
  })
})
