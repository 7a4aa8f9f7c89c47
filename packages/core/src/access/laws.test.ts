import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccountId } from '../id.ts'
import { arbitraryChange } from '../testing/arbitrary-change.ts'
import {
  arbitraryAccount,
  arbitraryMoment,
  arbitraryQuestion,
  arbitraryWorld,
  everybody,
  placesOf,
} from '../testing/arbitrary-world.ts'
import { cases } from '../testing/cases.ts'
import { printSet } from '../testing/print-world.ts'
import { AccountIndex } from './account-index.ts'
import { allows } from './allows.ts'
import { applyChanges } from './apply-changes.ts'
import type { Directory } from './directory.ts'
import { directoryOf } from './directory-of.ts'
import { effective } from './effective.ts'
import type { AccountFacts, Facts } from './facts.ts'
import { modelAllows, modelEffective } from './model.ts'

/** Asks everything of both, everybody and everywhere. */
function expectAgreement(directory: Directory, facts: Facts, at: number) {
  for (const account of facts.accounts.keys()) {
    for (const user of everybody) {
      for (const place of placesOf(account)) {
        const slow = printSet(facts.blueprint, modelEffective(facts, user, account, place, at))
        const fast = printSet(facts.blueprint, effective(directory, user, account, place, at))
        if (slow !== fast)
          expect({ user, account, place, at, held: fast }).toEqual({ user, account, place, at, held: slow })
      }
    }
  }
}

describe('the formula', () => {
  test('holds for everybody, everywhere, at every moment', () => {
    fc.assert(
      fc.property(arbitraryWorld(), arbitraryMoment, arbitraryMoment, (facts, at, later) => {
        const directory = directoryOf(facts)
        expectAgreement(directory, facts, at)
        expectAgreement(directory, facts, later)
      }),
      cases(),
    )
  })

  test('holds for every single question', () => {
    fc.assert(
      fc.property(
        arbitraryWorld(),
        fc.array(arbitraryQuestion(), { minLength: 10, maxLength: 10 }),
        (facts, questions) => {
          const directory = directoryOf(facts)
          for (const question of questions)
            expect(allows(directory, question)).toBe(modelAllows(facts, question))
        },
      ),
      cases(),
    )
  })
})

describe('a change is seen by every later question', () => {
  const arbitraryStep = arbitraryAccount.chain((account) =>
    fc.record({
      account: fc.constant(account),
      changes: fc.array(arbitraryChange(account), { minLength: 1, maxLength: 2 }),
      at: arbitraryMoment,
      isPreview: fc.boolean(),
    }),
  )
  test('of any kind, in any order, in any account', () => {
    fc.assert(
      fc.property(
        arbitraryWorld(),
        fc.array(arbitraryStep, { minLength: 1, maxLength: 6, size: 'max' }),
        (world, steps) => {
          let facts = world
          const indexes = new Map<AccountId, AccountIndex>()
          for (const account of world.accounts.values())
            indexes.set(account.id, AccountIndex.of(world.blueprint, account))
          const directory: Directory = { blueprint: world.blueprint, account: (id) => indexes.get(id) }

          for (const { account, changes, at, isPreview } of steps) {
            const next = {
              ...facts,
              accounts: new Map(facts.accounts).set(
                account,
                applyChanges(facts.accounts.get(account)!, changes),
              ),
            }
            const index = indexes.get(account)!.withChanges(changes)
            const preview: Directory = {
              ...directory,
              account: (id) => (id === account ? index : indexes.get(id)),
            }
            expectAgreement(preview, next, at)
            expectAgreement(directory, facts, at)
            expect(sorted(index.facts())).toEqual(sorted(next.accounts.get(account)!))
            if (isPreview) continue
            indexes.set(account, index)
            facts = next
          }
        },
      ),
      cases(),
    )
  })
})

function sorted(facts: AccountFacts) {
  const byId = <Item extends { id: string }>(items: readonly Item[]) =>
    items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...facts,
    organizations: facts.organizations.toSorted(),
    roles: byId(facts.roles),
    members: facts.members.toSorted((a, b) => (a.user < b.user ? -1 : 1)),
    groups: byId(facts.groups).map((group) => ({ ...group, members: byId(group.members) })),
    grants: byId(facts.grants),
    connections: byId(facts.connections),
  }
}
