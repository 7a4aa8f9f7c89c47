import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryChange } from '../testing/arbitrary-change.ts'
import { arbitraryAccount, arbitraryMoment, arbitraryWorld, readable } from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { expectAgreement } from '../testing/expect-agreement.ts'
import type { AccessChange } from './access-change.ts'
import { AccountIndex } from './account-index.ts'
import { applyChanges } from './apply-changes.ts'
import type { Directory } from './directory.ts'
import type { AccountFacts, Facts } from './facts.ts'
import type { AccountId } from '../id.ts'
import { packRows } from './rows/pack-rows.ts'

/** What happens next in a random story: changes of an account, made or only previewed. */
interface Step {
  readonly account: AccountId
  readonly changes: readonly AccessChange[]
  readonly at: number
  readonly isPreview: boolean
  /** Whether what has changed is moved into the columns afterwards. */
  readonly isPacked: boolean
}

const arbitraryStep: fc.Arbitrary<Step> = arbitraryAccount.chain((account) =>
  fc.record({
    account: fc.constant(account),
    changes: fc.array(arbitraryChange(account), { minLength: 1, maxLength: 2 }),
    at: arbitraryMoment,
    isPreview: fc.boolean(),
    isPacked: fc.boolean(),
  }),
)

test(
  'law 9: a change is seen by every later question, and one that is only previewed by none',
  patience,
  () => {
    fc.assert(
      fc.property(
        arbitraryWorld(),
        fc.array(arbitraryStep, { maxLength: 4, size: 'max' }),
        (start, steps) => {
          let facts = start
          let indexes = indexesOf(start)
          for (const step of steps) {
            const changedFacts = afterFacts(facts, step)
            const changedIndexes = afterIndexes(indexes, step)
            expectAgreement(directoryOver(facts, changedIndexes), changedFacts, step.at)
            if (step.isPreview) expectAgreement(directoryOver(facts, indexes), facts, step.at)
            else [facts, indexes] = [changedFacts, changedIndexes]
          }
          for (const [id, index] of indexes)
            expect(sorted(index.facts())).toEqual(sorted(facts.accounts.get(id)!))
        },
      ),
      cases(),
    )
  },
)

function indexesOf({ blueprint, accounts }: Facts): ReadonlyMap<AccountId, AccountIndex> {
  return new Map([...accounts].map(([id, account]) => [id, AccountIndex.of(blueprint, account)]))
}

function directoryOver({ blueprint }: Facts, indexes: ReadonlyMap<AccountId, AccountIndex>): Directory {
  return { blueprint, account: (id) => indexes.get(id) }
}

function afterFacts({ accounts }: Facts, { account, changes }: Step): Facts {
  return readable(
    [...accounts.values()].map((facts) => (facts.id === account ? applyChanges(facts, changes) : facts)),
  )
}

function afterIndexes(
  indexes: ReadonlyMap<AccountId, AccountIndex>,
  { account, changes, isPacked }: Step,
): ReadonlyMap<AccountId, AccountIndex> {
  const index = indexes.get(account)!.withChanges(changes)
  return new Map(indexes).set(
    account,
    isPacked ? new AccountIndex(packRows(index.rows), index.compiled) : index,
  )
}

function sorted(facts: AccountFacts): AccountFacts {
  const byId = <Item extends { readonly id: string }>(items: readonly Item[]) =>
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
