import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccountId, GrantId, UserId } from '../id.ts'
import { intersection, isEmpty, isSubset } from '../role/permission-set.ts'
import {
  arbitraryAccount,
  arbitraryAccountFacts,
  arbitraryGrant,
  arbitraryMoment,
  arbitraryPerson,
  arbitraryWorld,
  everybody,
  homeOf,
  placesOf,
  readable,
} from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { printSet } from '../testing/print-world.ts'
import { directoryOf } from './directory-of.ts'
import type { Directory } from './directory.ts'
import { effective } from './effective.ts'
import type { AccountFacts, Facts } from './facts.ts'
import { modelStanding } from './model.ts'

/** What everybody has in each place of an account, in words. */
function accessIn(
  directory: Directory,
  account: AccountId,
  at: number,
  people: readonly UserId[] = everybody,
) {
  return people.flatMap((user) =>
    placesOf(account).map((place) => ({ user, place, held: effective(directory, user, account, place, at) })),
  )
}

function changed(
  facts: Facts,
  id: AccountId,
  change: (account: AccountFacts) => Partial<AccountFacts>,
): Facts {
  return readable(
    [...facts.accounts.values()].map((account) =>
      account.id === id ? { ...account, ...change(account) } : account,
    ),
  )
}

describe('law 1: monotone', () => {
  test('one grant more takes nothing from anybody, and so one less adds nothing', patience, () => {
    const added = arbitraryAccount.chain((account) =>
      fc.record({
        account: fc.constant(account),
        grant: arbitraryGrant(account, fc.constant('one-more' as GrantId)),
      }),
    )
    fc.assert(
      fc.property(arbitraryWorld(), added, arbitraryMoment, (facts, { account, grant }, at) => {
        const less = directoryOf(facts)
        const more = directoryOf(changed(facts, account, ({ grants }) => ({ grants: [...grants, grant] })))
        const after = accessIn(more, account, at)
        const losses = accessIn(less, account, at).filter(({ held }, i) => !isSubset(held, after[i]!.held))
        expect(losses).toEqual([])
      }),
      cases(),
    )
  })
})

describe('law 2: order never matters', () => {
  test('of grants, groups, their members, connections, roles, members or organizations', patience, () => {
    const shuffled = arbitraryWorld().chain((facts) =>
      fc.tuple(fc.constant(facts), fc.tuple(...[...facts.accounts.values()].map(shuffledAccount))),
    )
    fc.assert(
      fc.property(shuffled, arbitraryMoment, ([facts, accounts], at) => {
        for (const { id } of accounts) {
          expect(accessIn(directoryOf(readable(accounts)), id, at)).toEqual(
            accessIn(directoryOf(facts), id, at),
          )
        }
      }),
      cases(),
    )
  })
})

function shuffledAccount(account: AccountFacts): fc.Arbitrary<AccountFacts> {
  const shuffle = <Item>(items: readonly Item[]) =>
    fc.shuffledSubarray([...items], { minLength: items.length })
  const groups = fc
    .tuple(...account.groups.map((group) => shuffle(group.members).map((members) => ({ ...group, members }))))
    .chain(shuffle)
  return fc
    .record({
      organizations: shuffle(account.organizations),
      roles: shuffle(account.roles),
      members: shuffle(account.members),
      groups,
      grants: shuffle(account.grants),
      connections: shuffle(account.connections),
    })
    .map((parts) => ({ ...account, ...parts }))
}

describe('law 3: ceiling', () => {
  test(
    'what comes through one connection is within its maximum and within standing, and nothing of it is guarded',
    patience,
    () => {
      fc.assert(
        fc.property(arbitraryWorld(), arbitraryAccount, arbitraryMoment, (facts, account, at) => {
          const { connections } = facts.accounts.get(account)!
          for (const connection of connections) {
            const alone = changed(facts, account, () => ({ connections: [connection] }))
            const { roles, members } = alone.accounts.get(account)!
            const role =
              facts.blueprint.role.get(connection.maximum) ??
              roles.find(({ id }) => id === connection.maximum)
            const outsiders = everybody.filter((person) => !members.some(({ user }) => user === person))
            for (const { user, held } of accessIn(directoryOf(alone), account, at, outsiders)) {
              expect(isEmpty(held) || isSubset(held, role!.permissions)).toBe(true)
              expect(isSubset(held, modelStanding(facts, user, connection.guest, at))).toBe(true)
              expect(isEmpty(intersection(held, facts.blueprint.guarded))).toBe(true)
            }
          }
        }),
        cases(),
      )
    },
  )
})

describe('law 4: not transitive', () => {
  const [acme, globex, initech] = [
    'acme',
    'globex',
    'initech',
  ] as const satisfies string[] as unknown as AccountId[]

  test('a connection to a company lets in none of those whom that company lets in', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), arbitraryMoment, (facts, at) => {
        const strangers = everybody.filter((person) => homeOf(person) === initech)
        const chain = changed(facts, acme!, ({ connections, members }) => ({
          connections: connections.filter(({ guest }) => guest === globex),
          members: members.filter(({ user }) => !strangers.includes(user)),
        }))
        for (const { held } of accessIn(directoryOf(chain), acme!, at, strangers))
          expect(isEmpty(held)).toBe(true)
      }),
      cases(),
    )
  })

  test('what somebody holds elsewhere than at home adds nothing to what they bring', patience, () => {
    const elsewhere = arbitraryAccount.chain((account) =>
      fc.tuple(fc.constant(account), arbitraryAccountFacts(account)),
    )
    fc.assert(
      fc.property(
        arbitraryWorld(),
        elsewhere,
        arbitraryPerson,
        arbitraryMoment,
        (facts, [id, other], user, at) => {
          fc.pre(homeOf(user) !== id)
          const differently = changed(facts, id, () => other)
          for (const { id: account } of facts.accounts.values()) {
            if (account === id) continue
            expect(inWords(facts, directoryOf(differently), account, at, user)).toEqual(
              inWords(facts, directoryOf(facts), account, at, user),
            )
          }
        },
      ),
      cases(),
    )
  })
})

function inWords(facts: Facts, directory: Directory, account: AccountId, at: number, user: UserId) {
  return accessIn(directory, account, at, [user]).map(({ place, held }) => ({
    place,
    held: printSet(facts.blueprint, held),
  }))
}
