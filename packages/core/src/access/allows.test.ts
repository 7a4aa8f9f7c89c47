import { describe, expect, test } from 'vitest'
import type { AccountId, OrganizationId, UserId } from '../id.ts'
import { isEmpty } from '../role/permission-set.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf } from '../testing/world-of.ts'
import { allows, allowsHandles, resolve } from './allows.ts'
import { decide } from './decide.ts'
import { directoryOf } from './directory-of.ts'
import { effective } from './effective.ts'
import type { Question } from './facts.ts'

const rome = 'rome' as OrganizationId

const directory = directoryOf(
  worldOf(smallBlueprint, {
    acme: {
      organizations: ['rome', 'milan'],
      users: ['ann', 'bob'],
      external: ['eve'],
      roles: { keeper: { permissions: ['ticket.view'], organizations: ['rome'] } },
      connections: { globex: { maximum: 'reader', from: 10, until: 20 }, unseen: { maximum: 'reader' } },
      grants: [
        { to: 'ann', role: 'own' },
        { to: 'bob', role: 'reader' },
        { to: 'ann', role: 'keeper', on: 'rome', from: 10, until: 20 },
        { to: 'eve', role: 'reader' },
        { to: 'connection:globex', role: 'reader' },
      ],
    },
    globex: { users: ['dan'], grants: [{ to: 'dan', role: 'reader' }] },
  }),
)
const acme = directory.account('acme' as AccountId)!

function question(change: Partial<Question>): Question {
  return {
    user: 'ann' as UserId,
    permission: 'ticket.view',
    account: acme.id,
    organization: rome,
    at: 15,
    ...change,
  }
}

/** Every way of asking has to say the same. */
function answer(change: Partial<Question>): boolean {
  const asked = question(change)
  const handles = resolve(directory, acme, asked)
  const answers = [
    allows(directory, asked),
    decide(directory, asked).allowed,
    ...(asked.account === acme.id
      ? [handles !== undefined && allowsHandles(directory, acme, handles, asked.at)]
      : []),
  ]
  expect(new Set(answers).size).toBe(1)
  return answers[0]!
}

describe('a question is denied', () => {
  test.each<[string, Partial<Question>]>([
    ['about an unknown account', { account: 'nowhere' as AccountId }],
    ['about an unknown organization', { organization: 'atlantis' as OrganizationId }],
    [
      'about an unknown organization, to somebody who may everywhere',
      { user: 'bob' as UserId, organization: 'atlantis' as OrganizationId },
    ],
    ['about an unknown permission', { permission: 'ticket.burn' }],
    ['about the limited form of a permission', { permission: 'ticket.view:own' }],
    ['about somebody unknown', { user: 'zoe' as UserId }],
    ['about somebody whose home cannot be seen', { user: 'eve' as UserId }],
    ['about somebody whose name is that of a property', { user: '__proto__' as UserId }],
  ])('%s', (_, change) => {
    expect(answer(change)).toBe(false)
    expect(decide(directory, question(change))).toMatchObject({ because: [], limits: [] })
  })
})

test('the owner of a resource may do what is held for their own, and nobody else may', () => {
  const inMilan = { organization: 'milan' as OrganizationId }

  expect(answer({ ...inMilan, owner: 'ann' })).toBe(true)
  expect(answer({ ...inMilan, owner: 'dan' })).toBe(false)
  expect(answer(inMilan)).toBe(false)
})

test.each([
  [9, false],
  [10, true],
  [19, true],
  [20, false],
])('from 10 until 20 means that the moment %d is %s, for grants and for connections', (at, expected) => {
  expect(answer({ at })).toBe(expected)
  expect(answer({ at, user: 'dan' as UserId })).toBe(expected)
})

test('handles stay good when the account changes, and deny an organization that is gone', () => {
  const handles = resolve(directory, acme, question({ user: 'bob' as UserId }))!
  const later = acme.withChanges([{ kind: 'organization_removed', id: rome }])

  expect(allowsHandles(directory, acme, handles, 15)).toBe(true)
  expect(allowsHandles(directory, later, handles, 15)).toBe(false)
})

test('there is nothing to have in what is unknown, nor for somebody unknown', () => {
  const sets = [
    effective(directory, 'ann' as UserId, 'nowhere' as AccountId, undefined, 15),
    effective(directory, 'ann' as UserId, acme.id, 'atlantis' as OrganizationId, 15),
    effective(directory, 'zoe' as UserId, acme.id, rome, 15),
  ]

  expect(sets.every(isEmpty)).toBe(true)
  expect(sets.map(({ length }) => length)).toEqual([3, 3, 3].map(() => Math.ceil(smallBlueprint.size / 32)))
})

test.each([
  ['a bound role over the whole account', { to: 'ann', role: 'keeper' }, 'ann'],
  ['no role', { to: 'ann' }, 'ann'],
  ['no role, to a group of a connection', { to: 'group:partners' }, 'dan'],
])('a grant of %s gives nothing', (_, grant, user) => {
  const world = directoryOf(
    worldOf(smallBlueprint, {
      acme: {
        organizations: ['rome'],
        users: ['ann'],
        roles: { keeper: { permissions: ['ticket.view'], organizations: ['rome'] } },
        groups: { partners: ['connection:globex'] },
        connections: { globex: { maximum: 'reader' } },
        grants: [grant],
      },
      globex: { users: ['dan'], grants: [{ to: 'dan', role: 'reader' }] },
    }),
  )
  const asked = question({ user: user as UserId })

  expect(allows(world, asked)).toBe(false)
  expect(decide(world, asked)).toMatchObject({ allowed: false, because: [], limits: [] })
})

test('a connection of an account with itself adds no way to what its people have', () => {
  const mirrored = directoryOf(
    worldOf(smallBlueprint, {
      acme: {
        users: ['ann'],
        connections: { acme: { maximum: 'superuser' } },
        grants: [{ to: 'ann', role: 'reader' }, { to: 'connection:acme' }],
      },
    }),
  )

  expect(decide(mirrored, question({ organization: undefined })).because).toHaveLength(1)
})
