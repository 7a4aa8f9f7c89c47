import { describe, expect, test } from 'vitest'
import type { AccountId, ConnectionId, GrantId, GroupId, OrganizationId, RoleId, UserId } from '../id.ts'
import { emptySet } from '../role/permission-set.ts'
import { applyChanges } from './apply-changes.ts'
import type { AccountFacts } from './facts.ts'

const rome = 'rome' as OrganizationId
const milan = 'milan' as OrganizationId
const ann = { kind: 'user', id: 'ann' as UserId } as const
const bob = { kind: 'user', id: 'bob' as UserId } as const
const field = { kind: 'group', id: 'field' as GroupId } as const
const partner = { kind: 'connection', id: 'partner' as ConnectionId } as const
const keeper = 'keeper' as RoleId

const facts: AccountFacts = {
  id: 'acme' as AccountId,
  status: 'active',
  revision: 7,
  organizations: [rome, milan],
  roles: [{ id: keeper, key: 'keeper', name: 'Keeper', permissions: emptySet(1), organizations: [rome] }],
  members: [ann, bob].map(({ id }) => ({
    user: id,
    kind: 'home',
    status: 'active',
    home: 'acme' as AccountId,
  })),
  groups: [{ id: field.id, key: 'field', name: 'Field', kind: 'manual', members: [ann, partner] }],
  grants: [
    { id: 'one' as GrantId, subject: ann, role: 'viewer' as RoleId },
    { id: 'two' as GrantId, subject: bob, role: keeper, organization: rome },
    { id: 'three' as GrantId, subject: field, role: 'viewer' as RoleId, organization: milan },
  ],
  connections: [
    {
      id: partner.id,
      host: 'acme' as AccountId,
      guest: 'nightowl' as AccountId,
      maximum: 'viewer' as RoleId,
      delegates: 'everyone',
      status: 'active',
    },
  ],
}

const grantsOf = ({ grants }: AccountFacts) => grants.map(({ id }) => id)
const membersOf = ({ groups }: AccountFacts) => groups.map(({ members }) => members.map(({ id }) => id))

describe('what is removed takes with it what hangs on it', () => {
  test('a member: their grants and their places in groups', () => {
    const after = applyChanges(facts, [{ kind: 'member_removed', user: ann.id }])

    expect(after.members.map(({ user }) => user)).toEqual(['bob'])
    expect(grantsOf(after)).toEqual(['two', 'three'])
    expect(membersOf(after)).toEqual([['partner']])
  })

  test('a group: the grants to it', () => {
    const after = applyChanges(facts, [{ kind: 'group_removed', id: field.id }])

    expect(after.groups).toEqual([])
    expect(grantsOf(after)).toEqual(['one', 'two'])
  })

  test('a role: the grants of it', () => {
    const after = applyChanges(facts, [{ kind: 'role_removed', id: keeper }])

    expect(after.roles).toEqual([])
    expect(grantsOf(after)).toEqual(['one', 'three'])
  })

  test('an organization: the grants over it, while a role that was bound to it stays bound', () => {
    const after = applyChanges(facts, [{ kind: 'organization_removed', id: rome }])

    expect(after.organizations).toEqual(['milan'])
    expect(grantsOf(after)).toEqual(['one', 'three'])
    expect(after.roles[0]?.organizations).toEqual([])
  })
})

describe('what is set replaces what was there, or is added', () => {
  test('a grant, a member, a role, a connection, an organization, the account', () => {
    const grant = { id: 'one' as GrantId, subject: ann, role: keeper, organization: rome }
    const member = { user: 'carl' as UserId, kind: 'home', status: 'active', home: facts.id } as const
    const role = { id: keeper, key: 'keeper', name: 'Warden', permissions: emptySet(1) }
    const connection = { ...facts.connections[0]!, status: 'paused' } as const

    const after = applyChanges(facts, [
      { kind: 'grant_set', grant },
      { kind: 'member_set', member },
      { kind: 'role_set', role },
      { kind: 'connection_set', connection },
      { kind: 'organization_set', id: milan },
      { kind: 'organization_set', id: 'turin' as OrganizationId },
      { kind: 'account_set', status: 'suspended' },
    ])

    expect(after.grants).toEqual([grant, ...facts.grants.slice(1)])
    expect(after.members).toEqual([...facts.members, member])
    expect(after.roles).toEqual([role])
    expect(after.connections).toEqual([connection])
    expect(after.organizations).toEqual(['rome', 'milan', 'turin'])
    expect(after.status).toBe('suspended')
  })

  test('a group keeps its members when it is renamed, and a new one has none', () => {
    const after = applyChanges(facts, [
      { kind: 'group_set', group: { id: field.id, key: 'field', name: 'Outdoors', kind: 'manual' } },
      { kind: 'group_set', group: { id: 'night' as GroupId, key: 'night', name: 'Night', kind: 'sso' } },
    ])

    expect(after.groups.map(({ name }) => name)).toEqual(['Outdoors', 'Night'])
    expect(membersOf(after)).toEqual([['ann', 'partner'], []])
  })

  test('a member of a group once, however often they are added', () => {
    const after = applyChanges(facts, [
      { kind: 'group_member_added', group: field.id, member: bob },
      { kind: 'group_member_added', group: field.id, member: bob },
      { kind: 'group_member_removed', group: field.id, member: partner },
    ])

    expect(membersOf(after)).toEqual([['ann', 'bob']])
  })
})

test('a grant that is taken away is gone', () => {
  expect(grantsOf(applyChanges(facts, [{ kind: 'grant_removed', id: 'two' as GrantId }]))).toEqual([
    'one',
    'three',
  ])
})

test.each([
  { why: 'a grant to a stranger', subject: { kind: 'user', id: 'zoe' as UserId } as const },
  { why: 'a grant to no group', subject: { kind: 'group', id: 'nobody' as GroupId } as const },
  { why: 'a grant to no connection', subject: { kind: 'connection', id: 'none' as ConnectionId } as const },
  { why: 'a grant over no organization', subject: ann, organization: 'atlantis' as OrganizationId },
])('$why is not kept', ({ subject, organization }) => {
  const grant = { id: 'four' as GrantId, subject, role: keeper, organization }

  expect(applyChanges(facts, [{ kind: 'grant_set', grant }]).grants).toEqual(facts.grants)
})

test('a stranger cannot be put into a group', () => {
  const member = { kind: 'user', id: 'zoe' as UserId } as const
  const after = applyChanges(facts, [{ kind: 'group_member_added', group: field.id, member }])

  expect(after.groups).toEqual(facts.groups)
})

test('the revision goes up by one, or to the one that is given', () => {
  expect(applyChanges(facts, []).revision).toBe(8)
  expect(applyChanges(facts, [], 12).revision).toBe(12)
})
