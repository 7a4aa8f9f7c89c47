import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Connection } from '../connection/connection.ts'
import type { AccountId, GrantId, UserId } from '../id.ts'
import { emptySet, equals, intersection, isEmpty, isSubset } from '../role/permission-set.ts'
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
import { directoryOf } from './directory-of.ts'
import type { Directory } from './directory.ts'
import { effective } from './effective.ts'
import type { AccountFacts, Facts } from './facts.ts'
import { modelStanding } from './model.ts'

/** What people have in each place of an account. */
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

/** Where the two differ. */
function differences(before: ReturnType<typeof accessIn>, after: ReturnType<typeof accessIn>) {
  return before.filter(({ held }, i) => !equals(held, after[i]!.held))
}

/** The world with one account another. */
function changed(
  { accounts }: Facts,
  id: AccountId,
  change: (account: AccountFacts) => Partial<AccountFacts>,
): Facts {
  const all = [...accounts.values()]
  return readable(all.map((account) => (account.id === id ? { ...account, ...change(account) } : account)))
}

test('law 1: one grant more takes nothing from anybody, and so one less adds nothing', patience, () => {
  const added = arbitraryAccount.chain((account) =>
    fc.tuple(fc.constant(account), arbitraryGrant(account, fc.constant('one-more' as GrantId))),
  )
  fc.assert(
    fc.property(arbitraryWorld(), added, arbitraryMoment, (facts, [account, grant], at) => {
      const more = changed(facts, account, ({ grants }) => ({ grants: [...grants, grant] }))
      const after = accessIn(directoryOf(more), account, at)
      const before = accessIn(directoryOf(facts), account, at)

      expect(before.filter(({ held }, i) => !isSubset(held, after[i]!.held))).toEqual([])
    }),
    cases(),
  )
})

describe('law 2: order never matters', () => {
  test('of grants, groups, their members, connections, roles, members or organizations', patience, () => {
    const shuffled = arbitraryWorld().chain((facts) =>
      fc.tuple(fc.constant(facts), fc.tuple(...[...facts.accounts.values()].map(shuffledAccount))),
    )
    fc.assert(
      fc.property(shuffled, arbitraryMoment, ([facts, accounts], at) => {
        const [before, after] = [directoryOf(facts), directoryOf(readable(accounts))]
        for (const { id } of accounts) {
          expect(differences(accessIn(before, id, at), accessIn(after, id, at))).toEqual([])
        }
      }),
      cases(),
    )
  })

  function shuffledAccount(account: AccountFacts): fc.Arbitrary<AccountFacts> {
    const groups = account.groups.map((group) =>
      shuffle(group.members).map((members) => ({ ...group, members })),
    )
    return fc
      .record({
        organizations: shuffle(account.organizations),
        roles: shuffle(account.roles),
        members: shuffle(account.members),
        groups: fc.tuple(...groups).chain(shuffle),
        grants: shuffle(account.grants),
        connections: shuffle(account.connections),
      })
      .map((parts) => ({ ...account, ...parts }))
  }

  function shuffle<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
    return fc.shuffledSubarray([...items], { minLength: items.length })
  }
})

describe('law 3: what comes through a connection', () => {
  test('is within its maximum and within standing, and nothing of it is guarded', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), arbitraryAccount, arbitraryMoment, (facts, account, at) => {
        for (const connection of facts.accounts.get(account)!.connections) {
          expect(excesses(facts, connection, at)).toEqual([])
        }
      }),
      cases(),
    )
  })

  /** Whatever outsiders have, with this one connection, that is not within its ceilings. */
  function excesses(facts: Facts, connection: Connection, at: number) {
    const alone = changed(facts, connection.host, () => ({ connections: [connection] }))
    const { roles, members } = alone.accounts.get(connection.host)!
    const { blueprint } = facts
    const role = blueprint.role.get(connection.maximum) ?? roles.find(({ id }) => id === connection.maximum)
    const maximum = role?.permissions ?? emptySet(blueprint.size)

    const outsiders = everybody.filter((person) => !members.some(({ user }) => user === person))
    return accessIn(directoryOf(alone), connection.host, at, outsiders).filter(
      ({ user, held }) =>
        !isSubset(held, maximum) ||
        !isSubset(held, modelStanding(facts, user, connection.guest, at)) ||
        !isEmpty(intersection(held, blueprint.guarded)),
    )
  }
})

describe('law 4: connections are not transitive', () => {
  const acme = 'acme' as AccountId
  const globex = 'globex' as AccountId

  test('a connection to a company lets in none of those whom that company lets in', patience, () => {
    const strangers = everybody.filter((person) => ![acme, globex].includes(homeOf(person)))
    fc.assert(
      fc.property(arbitraryWorld(), arbitraryMoment, (facts, at) => {
        const chain = changed(facts, acme, ({ connections, members }) => ({
          connections: connections.filter(({ guest }) => guest === globex),
          members: members.filter(({ user }) => !strangers.includes(user)),
        }))
        const access = accessIn(directoryOf(chain), acme, at, strangers)

        expect(access.filter(({ held }) => !isEmpty(held))).toEqual([])
      }),
      cases(2),
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
          const [before, after] = [directoryOf(facts), directoryOf(changed(facts, id, () => other))]
          for (const account of [...facts.accounts.keys()].filter((each) => each !== id)) {
            const access = accessIn(before, account, at, [user])
            expect(differences(access, accessIn(after, account, at, [user]))).toEqual([])
          }
        },
      ),
      cases(2),
    )
  })
})
