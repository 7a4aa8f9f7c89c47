import { describe, expect, test } from 'vitest'
import type { Grant, Subject } from '../grant/grant.ts'
import type { AccountId, GrantId, GroupId, KeyId, OrganizationId, RoleId, UserId } from '../id.ts'
import type { Member } from '../user/member.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import type { AccessChange } from './access-change.ts'
import { AccountIndex } from './account-index.ts'
import { applyChanges } from './apply-changes.ts'
import { directoryOf } from './directory-of.ts'
import type { AccountFacts } from './facts.ts'
import { judgeChanges } from './judge-changes.ts'
import { lastingSuperusers } from './last-superuser.ts'

const at = 1_000
const acme = 'acme' as AccountId
const rome = 'rome' as OrganizationId
const [sue, gus, vic] = ['sue', 'gus', 'vic'].map((id) => ({ kind: 'user', id: id as UserId }) as const)
const owners = { kind: 'group', id: 'owners' as GroupId } as const
if (!sue || !gus || !vic) throw new Error('expected three people')

const superuser = (id: string, subject: Subject, change: Partial<Grant> = {}): Grant => ({
  id: id as GrantId,
  subject,
  role: 'superuser' as RoleId,
  ...change,
})
const member = (user: UserId, change: Partial<Member> = {}): Member => ({
  user,
  kind: 'home',
  status: 'active',
  home: acme,
  ...change,
})

/** Sue is superuser; Gus and Vic have nothing. */
const facts: AccountFacts = {
  id: acme,
  status: 'active',
  revision: 1,
  organizations: [rome],
  roles: [],
  members: [sue, gus, vic].map(({ id }) => member(id)),
  groups: [{ id: owners.id, key: 'owners', name: 'Owners', kind: 'manual', members: [] }],
  grants: [superuser('g-sue', sue)],
  connections: [],
}

const set = (grant: Grant): AccessChange => ({ kind: 'grant_set', grant })
const joins: AccessChange = { kind: 'group_member_added', group: owners.id, member: gus }

function outcome(changes: readonly AccessChange[], before: AccountFacts = facts): string {
  const directory = directoryOf({ blueprint: smallBlueprint, accounts: new Map([[acme, before]]) })
  const actor = { kind: 'operator', key: 'key_0' as KeyId } as const
  const result = judgeChanges(directory, { actor, account: acme, changes, at })
  return result.ok ? 'allowed' : result.refusal.code
}

describe('the last superuser cannot be taken away, not even by the operator', () => {
  test.each<[string, AccessChange[]]>([
    ['by removing the grant', [{ kind: 'grant_removed', id: 'g-sue' as GrantId }]],
    ['by giving another role in its place', [set({ ...superuser('g-sue', sue), role: 'reader' as RoleId })]],
    ['by giving it to nobody active in its place', [set(superuser('g-sue', owners))]],
    ['by putting an end to it', [set(superuser('g-sue', sue, { endsAt: at + 9 }))]],
    ['by putting its start off', [set(superuser('g-sue', sue, { startsAt: at + 9 }))]],
    ['by keeping it to an organization', [set(superuser('g-sue', sue, { organization: rome }))]],
    ['by suspending them', [{ kind: 'member_set', member: member(sue.id, { status: 'suspended' }) }]],
    ['by removing them', [{ kind: 'member_removed', user: sue.id }]],
    [
      'for somebody with an end',
      [set(superuser('g-gus', gus, { endsAt: at + 9 })), { kind: 'grant_removed', id: 'g-sue' as GrantId }],
    ],
    [
      'for a role that only looks alike',
      [
        {
          kind: 'role_set',
          role: {
            id: 'rol_1' as RoleId,
            key: 'all',
            name: 'All',
            permissions: smallBlueprint.role.get('superuser')?.permissions ?? smallBlueprint.guarded,
          },
        },
        set({ ...superuser('g-gus', gus), role: 'rol_1' as RoleId }),
        { kind: 'grant_removed', id: 'g-sue' as GrantId },
      ],
    ],
  ])('%s', (_, changes) => {
    expect(outcome(changes)).toBe('last_superuser')
  })

  test('for an external user, whom another account can suspend', () => {
    const xi = { kind: 'user', id: 'xi' as UserId } as const
    const owl = 'owl' as AccountId

    expect(
      outcome([
        { kind: 'member_set', member: { ...member(xi.id), kind: 'external', home: owl } },
        set(superuser('g-xi', xi)),
        { kind: 'grant_removed', id: 'g-sue' as GrantId },
      ]),
    ).toBe('last_superuser')
  })
})

describe('the last superuser can be replaced', () => {
  test('by another in the same list, in whichever order', () => {
    const promote = set(superuser('g-gus', gus))
    const demote: AccessChange = { kind: 'grant_removed', id: 'g-sue' as GrantId }

    expect(outcome([promote, demote])).toBe('allowed')
    expect(outcome([demote, promote])).toBe('allowed')
  })

  test('by a member of a manual group, who then is the last', () => {
    const before = applyChanges(facts, [joins, set(superuser('g-owners', owners))])
    const demote: AccessChange = { kind: 'grant_removed', id: 'g-sue' as GrantId }
    const after = applyChanges(before, [demote])

    expect(outcome([demote], before)).toBe('allowed')
    expect(outcome([{ kind: 'group_member_removed', group: owners.id, member: gus }], after)).toBe(
      'last_superuser',
    )
    expect(outcome([{ kind: 'group_removed', id: owners.id }], after)).toBe('last_superuser')
    expect(outcome([{ kind: 'member_removed', user: gus.id }], after)).toBe('last_superuser')
    expect(outcome([{ kind: 'member_set', member: member(gus.id, { status: 'suspended' }) }], after)).toBe(
      'last_superuser',
    )
  })

  test('but not by a group that the identity provider fills and can empty', () => {
    const fromIdp: AccountFacts = {
      ...facts,
      groups: [{ id: owners.id, key: 'owners', name: 'Owners', kind: 'sso', members: [gus] }],
      grants: [superuser('g-sue', sue), superuser('g-owners', owners)],
    }

    expect(outcome([{ kind: 'grant_removed', id: 'g-sue' as GrantId }], fromIdp)).toBe('last_superuser')
    expect(outcome([{ kind: 'group_member_removed', group: owners.id, member: gus }], fromIdp)).toBe(
      'allowed',
    )
  })
})

describe('an account without one', () => {
  test('can be changed as long as it has none to lose', () => {
    const empty = { ...facts, grants: [] }

    expect(outcome([{ kind: 'member_removed', user: sue.id }], empty)).toBe('allowed')
  })

  test('for good keeps the one that it has for a time', () => {
    const forATime = { ...facts, grants: [superuser('g-sue', sue, { endsAt: at + 9 })] }

    expect(outcome([{ kind: 'member_removed', user: sue.id }], forATime)).toBe('last_superuser')
    expect(outcome([set(superuser('g-sue', sue, { endsAt: at + 5 }))], forATime)).toBe('allowed')
  })
})

test('the superusers for good are listed once each', () => {
  const account = applyChanges(facts, [
    joins,
    { kind: 'group_member_added', group: owners.id, member: sue },
    set(superuser('g-owners', owners)),
    set(superuser('g-vic', vic, { endsAt: at + 9 })),
    { kind: 'member_set', member: member('zoe' as UserId, { status: 'suspended' }) },
    set(superuser('g-zoe', { kind: 'user', id: 'zoe' as UserId })),
  ])

  expect(lastingSuperusers(AccountIndex.of(smallBlueprint, account), at).toSorted()).toEqual([gus.id, sue.id])
})
