import { expect, test } from 'vitest'
import { isCurrent } from './grant.ts'

test.each([
  [{}, true],
  [{ startsAt: 10 }, true],
  [{ startsAt: 11 }, false],
  [{ endsAt: 11 }, true],
  [{ endsAt: 10 }, false],
])('at the moment 10, what is bounded by %j counts: %s', (bounds, expected) => {
  expect(isCurrent(bounds, 10)).toBe(expected)
})
