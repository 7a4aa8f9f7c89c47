import fc from 'fast-check'
import type { Actor } from '../access/actor.ts'
import { applyChanges } from '../access/apply-changes.ts'
import { directoryOf } from '../access/directory-of.ts'
import type { AccountFacts, Facts } from '../access/facts.ts'
import { judgeChanges } from '../access/judge-changes.ts'
import { modelEffective } from '../access/model.ts'
import type { Grant } from '../grant/grant.ts'
import type { Group } from '../group/group.ts'
import type { AccountId, GrantId, GroupId, KeyId, OrganizationId, RoleId, UserId } from '../id.ts'
import { intersection, type PermissionSet } from '../role/permission-set.ts'
import { arbitraryAttempts, livelyAccount, soundWorld, type Attempt } from './arbitrary-steps.ts'
import {
  arbitraryAccount,
  arbitraryCustomRole,
  arbitraryMoment,
  arbitraryPerson,
  arbitraryWorld,
  homeOf,
  placesOf,
} from './arbitrary-world.ts'

export type BoundedActor = Exclude<Actor, { kind: 'operator' }>

/** An account, and what somebody tries to do to it. */
export interface Story {
  readonly facts: Facts
  readonly account: AccountId
  readonly actor: BoundedActor
  readonly attempts: readonly Attempt[]
  readonly at: number
  readonly later: number
}

export const arbitraryPersonActor = arbitraryPerson.map((user) => ({ kind: 'person', user }) as const)

export const arbitraryActor = fc.oneof(
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
export function arbitraryStory(
  roles: readonly string[],
  actors: fc.Arbitrary<BoundedActor>,
): fc.Arbitrary<Story> {
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
        const user = actor.kind === 'key' ? actor.madeBy : actor.user
        const facts = soundWorld(world, (each) => {
          const isHere = each.id === account && user !== undefined
          if (!isHere) return each
          const group = { kind: 'group', id: `${account}-day` as GroupId } as const
          const subject = isByGroup ? group : ({ kind: 'user', id: user } as const)
          return endowed(livelyAccount(each), user, { subject, role: role as RoleId, organization })
        })
        return { ...rest, later: Math.max(rest.at, rest.later), facts, account }
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

/** What an actor who is not the operator holds, said by the model. */
export function held(
  facts: Facts,
  actor: BoundedActor,
  account: AccountId,
  place: OrganizationId | undefined,
  at: number,
): PermissionSet {
  if (actor.kind === 'person') return modelEffective(facts, actor.user, account, place, at)
  if (actor.kind === 'support') return actor.permissions
  if (actor.madeBy === undefined) return actor.scopes
  return intersection(actor.scopes, modelEffective(facts, actor.madeBy, account, place, at))
}

/** The world after those of the attempts that were allowed, each made by one of the hands. */
export function afterAttempts(
  { facts, account, attempts, at }: Pick<Story, 'facts' | 'account' | 'attempts' | 'at'>,
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

function withAccount(facts: Facts, id: AccountId, changes: Attempt['changes']): Facts {
  const account = facts.accounts.get(id)
  if (!account) throw new RangeError(id)
  return { ...facts, accounts: new Map([...facts.accounts, [id, applyChanges(account, changes)]]) }
}
