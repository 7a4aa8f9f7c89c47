import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  arbitraryAccount,
  arbitraryMoment,
  arbitraryPerson,
  arbitraryWorld,
  placesOf,
} from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { directoryOf } from './directory-of.ts'
import { effective } from './effective.ts'
import { HeldOverTime } from './held-over-time.ts'

const end = 8

test('what is followed as time goes by is what a question is answered with at each moment', patience, () => {
  fc.assert(
    fc.property(
      arbitraryWorld(),
      arbitraryAccount,
      arbitraryPerson,
      arbitraryMoment,
      (facts, id, user, from) => {
        const directory = directoryOf(facts)
        const held = new HeldOverTime(directory, id, user, from)
        for (let at = from; at < Math.min(held.until, end); at++) {
          held.goTo(at)
          for (const place of placesOf(id)) {
            expect(held.heldIn(place)).toEqual(effective(directory, user, id, place, at))
          }
        }
      },
    ),
    cases(),
  )
})
