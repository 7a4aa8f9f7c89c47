import { expect, test } from 'vitest'

import { pauseBefore } from './supervise.ts'

test('a server that ended is brought up at once, and after failures in growing pauses of at most five seconds', () => {
  expect([0, 1, 2, 3, 6, 7, 50].map(pauseBefore)).toEqual([0, 100, 200, 400, 3200, 5000, 5000])
})
