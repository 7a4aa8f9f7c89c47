import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Subject } from '../grant/grant.ts'
import type { AccountId, GrantId, KeyId } from '../id.ts'
import { has } from '../role/permission-set.ts'
import { arbitraryQuestion, arbitraryWorld, homeOf, readable } from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { applyChanges } from './apply-changes.ts'
import { decide } from './decide.ts'
import type { AccountChanges, Path } from './decision.ts'
import { directoryOf } from './directory-of.ts'
import { explain } from './explain.ts'
import type { AccountFacts, Facts, Question } from './facts.ts'
import { judgeChanges } from './judge-changes.ts'
import { modelAllows } from './model.ts'

const worldAndQuestions = [
  arbitraryWorld().map(withoutStrangers),
  fc.array(arbitraryQuestion(), { minLength: 4, maxLength: 4 }),
] as const

const operator = { kind: 'operator', key: 'key_1' as KeyId } as const

/** No database holds a grant to somebody who is not a member, nor has such a person in a group. */
function withoutStrangers({ accounts }: Facts): Facts {
  return readable(
    [...accounts.values()].map((account) => {
      const isKnown = ({ kind, id }: Subject) =>
        kind !== 'user' || account.members.some(({ user }) => user === id)
      const groups = account.groups.map((group) => ({ ...group, members: group.members.filter(isKnown) }))
      return { ...account, groups, grants: account.grants.filter(({ subject }) => isKnown(subject)) }
    }),
  )
}

function after(facts: Facts, changes: readonly AccountChanges[]): Facts {
  const changed = (account: AccountFacts) =>
    applyChanges(
      account,
      changes.filter((those) => those.account === account.id).flatMap((those) => those.changes),
    )
  return readable([...facts.accounts.values()].map(changed))
}

/** The world with no grants but these. */
function keeping(facts: Facts, ids: readonly GrantId[]): Facts {
  return readable(
    [...facts.accounts.values()].map((account) => ({
      ...account,
      grants: account.grants.filter(({ id }) => ids.includes(id)),
    })),
  )
}

describe('law 7: explain is the decision', () => {
  test('it gives the same answer for the same reasons', patience, () => {
    fc.assert(
      fc.property(...worldAndQuestions, (facts, questions) => {
        const directory = directoryOf(facts)
        for (const question of questions) {
          const {
            unknown: _unknown,
            nearMisses: _near,
            smallestChange: _change,
            ...decision
          } = explain(directory, question)
          expect(decision).toEqual(decide(directory, question))
          expect(decision.allowed).toBe(modelAllows(facts, question))
        }
      }),
      cases(5),
    )
  })

  test('any one of its paths suffices, with any one of the grants that give standing', patience, () => {
    fc.assert(
      fc.property(...worldAndQuestions, (facts, questions) => {
        const directory = directoryOf(facts)
        for (const question of questions) {
          for (const { grant, through } of decide(directory, question).because) {
            const standing = through ? through.standing.map((held) => [held.grant]) : [[]]
            for (const held of standing) {
              expect(modelAllows(keeping(facts, [grant.id, ...held]), question)).toBe(true)
            }
          }
        }
      }),
      cases(5),
    )
  })

  test('a way ends when it says that it does, and not before', patience, () => {
    fc.assert(
      fc.property(...worldAndQuestions, (facts, questions) => {
        const directory = directoryOf(facts)
        for (const question of questions) {
          for (const path of decide(directory, question).because) {
            if (path.until === undefined) continue
            const alone = directoryOf(keeping(facts, grantsOf(path)))
            expect(decide(alone, { ...question, at: path.until - 1 }).allowed).toBe(true)
            expect(decide(alone, { ...question, at: path.until }).allowed).toBe(false)
          }
        }
      }),
      cases(5),
    )
  })

  test(
    'a refusal names every grant that reaches the person and has the permission, and what is in its way',
    patience,
    () => {
      fc.assert(
        fc.property(...worldAndQuestions, (facts, questions) => {
          const directory = directoryOf(facts)
          for (const question of questions) {
            const { because, nearMisses } = explain(directory, question)
            const named = [...because, ...nearMisses.map(({ path }) => path)].map(({ grant }) => grant.id)
            expect(new Set(named)).toEqual(new Set(grantsReaching(facts, question)))
            expect(nearMisses.filter(({ obstacles }) => obstacles.length === 0)).toEqual([])
          }
        }),
        cases(5),
      )
    },
  )

  test('the smallest change turns the answer round, and each part of it is needed', patience, () => {
    fc.assert(
      fc.property(...worldAndQuestions, (facts, questions) => {
        const directory = directoryOf(facts)
        for (const question of questions) {
          const { allowed, smallestChange } = explain(directory, question, homeOf(question.user))
          expect(smallestChange).toBeDefined()
          expect(modelAllows(after(facts, smallestChange!), question)).toBe(!allowed)
          for (const less of withOneLess(smallestChange!)) {
            expect(modelAllows(after(facts, less), question)).toBe(allowed)
          }
        }
      }),
      cases(5),
    )
  })

  test(
    'the smallest change is one that can be made, where it does not take the last superuser',
    patience,
    () => {
      fc.assert(
        fc.property(...worldAndQuestions, (facts, questions) => {
          const directory = directoryOf(facts)
          for (const question of questions) {
            for (const proposed of explain(directory, question, homeOf(question.user)).smallestChange ?? []) {
              const judged = judgeChanges(directory, { ...proposed, actor: operator, at: question.at })
              expect(judged.ok ? 'last_superuser' : judged.refusal.code).toBe('last_superuser')
            }
          }
        }),
        cases(20),
      )
    },
  )
})

function grantsOf({ grant, through }: Path): GrantId[] {
  return [grant.id, ...(through?.standing.map((held) => held.grant) ?? [])]
}

/** Every grant of the account to the person, their groups, connections to their home or groups of those. */
function grantsReaching({ blueprint, accounts }: Facts, { user, account, permission }: Question): GrantId[] {
  const { members, groups, connections, roles, grants } = accounts.get(account)!
  const isMember = members.some((member) => member.user === user)
  const open = connections.filter(({ guest }) => guest === homeOf(user) && guest !== account)
  const subjects = new Set<string>([...(isMember ? [user] : []), ...open.map(({ id }) => id)])
  for (const group of groups) if (group.members.some(({ id }) => subjects.has(id))) subjects.add(group.id)

  const { ownBit } = blueprint.permission.get(permission)!
  return grants
    .filter(({ subject }) => subjects.has(subject.id))
    .filter(({ subject, role }) => {
      const granted = role ?? open.find(({ id }) => id === subject.id)?.maximum
      const known = granted && (blueprint.role.get(granted) ?? roles.find(({ id }) => id === granted))
      return known !== undefined && has(known.permissions, ownBit)
    })
    .map(({ id }) => id)
}

function withOneLess(changes: readonly AccountChanges[]): AccountChanges[][] {
  const single = changes.flatMap(({ account, changes: list }) =>
    list.map((change): readonly [AccountId, typeof change] => [account, change]),
  )
  return single.map((_, left) =>
    single.filter((_, i) => i !== left).map(([account, change]) => ({ account, changes: [change] })),
  )
}
