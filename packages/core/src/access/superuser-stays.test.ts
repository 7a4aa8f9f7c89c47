import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId, KeyId } from '../id.ts'
import { afterAttempts, arbitraryPersonActor, arbitraryStory } from '../testing/arbitrary-story.ts'
import { cases, patience } from '../testing/cases.ts'
import type { Actor } from './actor.ts'
import type { Facts } from './facts.ts'

test('an account that has a superuser for good keeps one, whoever does whatever to it', patience, () => {
  const operator: Actor = { kind: 'operator', key: 'key_0' as KeyId }
  fc.assert(
    fc.property(arbitraryStory(['superuser'], arbitraryPersonActor), (story) => {
      const { facts, account, actor, at } = story
      const world = afterAttempts(story, [operator, actor])

      expect(hasSuperuser(world, account, at) || !hasSuperuser(facts, account, at)).toBe(true)
    }),
    cases(),
  )
})

/** Said plainly: somebody active at home, with the role over everything for good, their own or by a manual group. */
function hasSuperuser(facts: Facts, id: AccountId, at: number): boolean {
  const account = facts.accounts.get(id)
  if (!account) throw new RangeError(id)
  const lasting = account.grants.filter(
    ({ role, organization, startsAt, endsAt }) =>
      role === 'superuser' && organization === undefined && endsAt === undefined && (startsAt ?? 0) <= at,
  )
  return account.members
    .filter(({ kind, status }) => kind === 'home' && status === 'active')
    .some(({ user }) =>
      lasting.some(({ subject }) =>
        subject.kind === 'group'
          ? account.groups.some(
              ({ id: group, kind, members }) =>
                group === subject.id && kind === 'manual' && members.some((member) => member.id === user),
            )
          : subject.id === user,
      ),
    )
}
