import { expect, test } from 'vitest'
import type { AccountId, UserId } from '../id.ts'
import { smallBlueprint } from '../testing/small-blueprint.ts'
import { worldOf } from '../testing/world-of.ts'
import { candidatesOf } from './candidates.ts'
import { directoryOf } from './directory-of.ts'

const acme = 'acme' as AccountId
const directory = directoryOf(
  worldOf(smallBlueprint, {
    acme: {
      users: ['cleo', 'ann'],
      external: ['dan'],
      connections: { globex: { maximum: 'reader' }, unseen: { maximum: 'reader' } },
    },
    globex: { users: ['zoe', 'dan', 'bob'], external: ['fay'] },
    initech: { users: ['fay', 'eve'] },
  }),
)

test('an account’s members and the people of its guests could have access, and nobody whom a guest lets in', () => {
  expect(candidatesOf(directory, directory.account(acme)!)).toEqual(['ann', 'bob', 'cleo', 'dan', 'zoe'])
})

test('a member who was removed has none to look for, in an account without guests', () => {
  const globex = directory.account('globex' as AccountId)!
  const later = globex.withChanges([{ kind: 'member_removed', user: 'dan' as UserId }])

  expect(candidatesOf(directory, later)).toEqual(['bob', 'fay', 'zoe'])
  expect(candidatesOf(directory, globex)).toEqual(['bob', 'dan', 'fay', 'zoe'])
})
