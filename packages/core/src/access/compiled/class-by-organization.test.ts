import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../../testing/cases.ts'
import { findClass, roomForClasses, writeClasses } from './class-by-organization.ts'

/** Small numbers, numbers that end alike, and numbers that need more than half a word. */
const arbitraryNumber = fc.oneof(
  fc.nat({ max: 20 }),
  fc.nat({ max: 20 }).map((n) => n * 1024),
  fc.constantFrom(0xfffe, 0xffff, 0x1_0000, 0xffff_fffe),
)
const arbitraryClasses = fc
  .uniqueArray(fc.tuple(arbitraryNumber, arbitraryNumber), { selector: ([organization]) => organization })
  .map((pairs) => new Map(pairs))

test('every class is found where it was written, and none where none was', () => {
  fc.assert(
    fc.property(arbitraryClasses, arbitraryNumber, fc.nat({ max: 3 }), (inEach, other, start) => {
      const room = roomForClasses(inEach)
      const words = new Uint32Array(start + room + 3).fill(7)
      writeClasses(words, start, room, inEach)

      for (const organization of [...inEach.keys(), other]) {
        const expected = inEach.get(organization) ?? 9
        expect(findClass(words, start, room, organization, 9)).toBe(expected)
      }
      expect([...words.subarray(0, start), ...words.subarray(start + room)]).toEqual(Array(start + 3).fill(7))
    }),
    cases(10),
  )
})

test('what stands after the classes is none of them', () => {
  const [large, larger] = [0x1_0000, 0x2_0000]
  const inEach = new Map([[large, 1]])
  const room = roomForClasses(inEach)
  const words = new Uint32Array(room + 4).fill(larger)
  writeClasses(words, 0, room, inEach)

  expect(findClass(words, 0, room, large, 9)).toBe(1)
  expect(findClass(words, 0, room, larger, 9)).toBe(9)
})

test('a class and its organization take at most sixteen bytes, in an account of ordinary size', () => {
  for (let count = 1; count < 3000; count += 7) {
    const inEach = new Map(Array.from({ length: count }, (_, i) => [i * 3, i % 40]))
    expect(roomForClasses(inEach) * 4).toBeLessThanOrEqual(16 * count)
  }
})
