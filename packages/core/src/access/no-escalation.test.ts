import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Grant } from '../grant/grant.ts'
import type { Group } from '../group/group.ts'
import type { AccountId, GrantId, GroupId, KeyId, OrganizationId, RoleId, UserId } from '../id.ts'
import { difference, intersection, isSubset, type PermissionSet } from '../role/permission-set.ts'
import { arbitraryAttempts, livelyAccount, soundWorld, type Attempt } from '../testing/arbitrary-steps.ts'
import {
  arbitraryAccount,
  arbitraryCustomRole,
  arbitraryMoment,
  arbitraryPerson,
  arbitraryWorld,
  everybody,
  homeOf,
  placesOf,
} from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { printSet } from '../testing/print-world.ts'
import type { Actor } from './actor.ts'
import { applyChanges } from './apply-changes.ts'
import { directoryOf } from './directory-of.ts'
import type { AccountFacts, Facts } from './facts.ts'
import { judgeChanges } from './judge-changes.ts'
import { modelEffective } from './model.ts'

/** What an actor who is not the operator holds, said by the model. */
function held(
  facts: Facts,
  actor: Exclude<Actor, { kind: 'operator' }>,
  account: AccountId,
  place: OrganizationId | undefined,
  at: number,
): PermissionSet {
  if (actor.kind === 'person') return modelEffective(facts, actor.user, account, place, at)
  if (actor.madeBy === undefined) return actor.scopes
  return intersection(actor.scopes, modelEffective(facts, actor.madeBy, account, place, at))
}

function withAccount(facts: Facts, id: AccountId, changes: Attempt['changes']): Facts {
  const account = facts.accounts.get(id)
  if (!account) throw new RangeError(id)
  return { ...facts, accounts: new Map([...facts.accounts, [id, applyChanges(account, changes)]]) }
}

const arbitraryPersonActor = arbitraryPerson.map((user) => ({ kind: 'person', user }) as const)

const arbitraryActor = fc.oneof(
  { weight: 6, arbitrary: arbitraryPersonActor },
  {
    weight: 1,
    arbitrary: fc
      .tuple(arbitraryCustomRole('acme' as AccountId), fc.option(arbitraryPerson, { nil: undefined }))
      .map(
        ([{ permissions }, madeBy]) =>
          ({ kind: 'key', key: 'key_1' as KeyId, scopes: permissions, madeBy }) as const,
      ),
  },
)

/** Changes to an account in which somebody has a role that is worth acting with. */
function arbitraryStory(
  roles: readonly string[],
  actors: fc.Arbitrary<Exclude<Actor, { kind: 'operator' }>>,
) {
  return arbitraryAccount.chain((account) => {
    const place = fc.option(fc.constantFrom(...placesOf(account)), { nil: undefined, freq: 1 })
    return fc
      .record({
        world: arbitraryWorld(),
        actor: actors,
        role: fc.constantFrom(...roles),
        place,
        isByGroup: fc.boolean(),
        attempts: arbitraryAttempts(account),
        at: arbitraryMoment,
        later: arbitraryMoment,
      })
      .map(({ world, role, place: organization, isByGroup, ...rest }) => {
        const { actor } = rest
        const user = actor.kind === 'person' ? actor.user : actor.madeBy
        const facts = soundWorld(world, (each) => {
          const isHere = each.id === account && user !== undefined
          if (!isHere) return each
          const group = { kind: 'group', id: `${account}-day` as GroupId } as const
          const subject = isByGroup ? group : ({ kind: 'user', id: user } as const)
          return endowed(livelyAccount(each), user, { subject, role: role as RoleId, organization })
        })
        return { ...rest, facts, account }
      })
  })
}

/** Gives the person a membership, and the role: directly, or through a group. */
function endowed(account: AccountFacts, user: UserId, grant: Omit<Grant, 'id'>): AccountFacts {
  const home = homeOf(user)
  const kind = home === account.id ? 'home' : 'external'
  const id = `${account.id}-grant-1` as GrantId
  const join = (group: Group): Group =>
    group.id === grant.subject.id ? { ...group, members: [{ kind: 'user', id: user }] } : group
  return {
    ...account,
    members: [
      ...account.members.filter((member) => member.user !== user),
      { user, kind, home, status: 'active' },
    ],
    groups: account.groups.map(join),
    grants: [...account.grants.filter((other) => other.id !== id), { ...grant, id }],
  }
}

test(
  'nobody comes by more than the author of a change held before, in however many steps, by whosever hands',
  patience,
  () => {
    const story = arbitraryStory(['manager', 'editor', 'creator', 'reader'], arbitraryActor)
    fc.assert(
      fc.property(story, ({ facts, account, actor, attempts, at, later }) => {
        const places = placesOf(account)
        const bounds = new Map(places.map((place) => [place, held(facts, actor, account, place, at)]))
        const isWithin = (set: PermissionSet, place: OrganizationId | undefined) => {
          const bound = bounds.get(place)
          return bound !== undefined && isSubset(set, bound)
        }
        const isBelow = (user: UserId) =>
          places.every((place) => isWithin(modelEffective(facts, user, account, place, at), place))
        const others = everybody.filter(isBelow).map((user) => ({ kind: 'person', user }) as const)

        const world = afterAttempts({ facts, account, attempts, at }, [actor, ...others])

        for (const moment of new Set([at, Math.max(at, later)])) {
          for (const user of everybody) {
            for (const place of places) {
              const before = modelEffective(facts, user, account, place, moment)
              const gained = difference(modelEffective(world, user, account, place, moment), before)
              const report = { user, place, moment, gained: printSet(facts.blueprint, gained) }
              expect(isWithin(gained, place) || report).toBe(true)
            }
          }
        }
      }),
      cases(),
    )
  },
)

test(
  'nobody has by their own hand, at whatever later moment, what they were not to have then',
  patience,
  () => {
    const story = arbitraryStory(['manager', 'editor', 'creator', 'reader'], arbitraryPersonActor)
    fc.assert(
      fc.property(story, ({ facts, account, actor, attempts, at }) => {
        const world = afterAttempts({ facts, account, attempts, at }, [actor])

        for (let moment = at; moment <= 6; moment++) {
          for (const place of placesOf(account)) {
            const gained = difference(
              held(world, actor, account, place, moment),
              held(facts, actor, account, place, moment),
            )
            expect(printSet(facts.blueprint, gained)).toBe('{}')
          }
        }
      }),
      cases(),
    )
  },
)

test('an account that has a superuser for good keeps one, whoever does whatever to it', patience, () => {
  const operator: Actor = { kind: 'operator', key: 'key_0' as KeyId }
  fc.assert(
    fc.property(
      arbitraryStory(['superuser'], arbitraryPersonActor),
      ({ facts, account, actor, attempts, at }) => {
        const world = afterAttempts({ facts, account, attempts, at }, [operator, actor])

        expect(hasSuperuser(world, account, at) || !hasSuperuser(facts, account, at)).toBe(true)
      },
    ),
    cases(),
  )
})

/** The world after those of the attempts that were allowed, each made by one of the hands. */
function afterAttempts(
  {
    facts,
    account,
    attempts,
    at,
  }: { facts: Facts; account: AccountId; attempts: readonly Attempt[]; at: number },
  hands: readonly Actor[],
): Facts {
  let world = facts
  for (const { by, changes } of attempts) {
    const actor = hands[by % hands.length]
    const judged = actor && judgeChanges(directoryOf(world), { actor, account, changes, at })
    if (judged?.ok) world = withAccount(world, account, changes)
  }
  return world
}

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
