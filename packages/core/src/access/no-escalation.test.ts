import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OrganizationId, UserId } from '../id.ts'
import { difference, isEmpty, isSubset, type PermissionSet } from '../role/permission-set.ts'
import {
  afterAttempts,
  arbitraryActor,
  arbitraryPersonActor,
  arbitraryStory,
  held,
} from '../testing/arbitrary-story.ts'
import { everybody, placesOf } from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { printSet } from '../testing/print-world.ts'
import { modelEffective } from './model.ts'

const roles = ['manager', 'editor', 'creator', 'reader']

test(
  'nobody comes by more than the author of a change held before, in however many steps, by whosever hands',
  patience,
  () => {
    fc.assert(
      fc.property(arbitraryStory(roles, arbitraryActor), (story) => {
        const { facts, account, actor, at, later } = story
        const places = placesOf(account)
        const bounds = new Map(places.map((place) => [place, held(facts, actor, account, place, at)]))
        const isWithin = (set: PermissionSet, place: OrganizationId | undefined) => {
          const bound = bounds.get(place)
          return bound !== undefined && isSubset(set, bound)
        }
        const isBelow = (user: UserId) =>
          places.every((place) => isWithin(modelEffective(facts, user, account, place, at), place))
        const others = everybody.filter(isBelow).map((user) => ({ kind: 'person', user }) as const)

        const world = afterAttempts(story, [actor, ...others])

        // What nothing was done to needs no comparing.
        const moments = world === facts ? [] : new Set([at, later])
        const escalations = Array.from(moments, (moment) =>
          everybody.flatMap((user) =>
            places.flatMap((place) => {
              const before = modelEffective(facts, user, account, place, moment)
              const gained = difference(modelEffective(world, user, account, place, moment), before)
              return isWithin(gained, place)
                ? []
                : { user, place, moment, gained: printSet(facts.blueprint, gained) }
            }),
          ),
        ).flat()
        expect(escalations).toEqual([])
      }),
      cases(),
    )
  },
)

test(
  'nobody has by their own hand, at whatever later moment, what they were not to have then',
  patience,
  () => {
    fc.assert(
      fc.property(arbitraryStory(roles, arbitraryPersonActor), (story) => {
        const { facts, account, actor, at } = story
        const world = afterAttempts(story, [actor])

        const moments = world === facts ? [] : [0, 1, 2, 3, 4, 5, 6].filter((moment) => moment >= at)
        const lengthenings = moments.flatMap((moment) =>
          placesOf(account).flatMap((place) => {
            const before = held(facts, actor, account, place, moment)
            const gained = difference(held(world, actor, account, place, moment), before)
            return isEmpty(gained) ? [] : { place, moment, gained: printSet(facts.blueprint, gained) }
          }),
        )
        expect(lengthenings).toEqual([])
      }),
      cases(),
    )
  },
)
