import { expect, test } from 'vitest'
import { leastRecentlyUsed } from './least-recently-used.ts'

const held = [
  { id: 'yesterday', usedAt: 1, bytes: 40 },
  { id: 'now', usedAt: 3, bytes: 40 },
  { id: 'today', usedAt: 2, bytes: 40 },
]
const leaving = (bytes: number) => leastRecentlyUsed(held, bytes).map(({ id }) => id)

test.each([
  { room: 120, goes: [] },
  { room: 119, goes: ['yesterday'] },
  { room: 40, goes: ['yesterday', 'today'] },
])('accounts in $room bytes of memory: the longest unused go first', ({ room, goes }) => {
  expect(leaving(room)).toEqual(goes)
})

test('the account in use stays, even where it alone is too large', () => {
  expect(leaving(10)).toEqual(['yesterday', 'today'])
})
