import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cases } from '../../testing/cases.ts'
import { GrowingColumn } from './growing-column.ts'
import { Lists } from './lists.ts'
import { Names } from './names.ts'
import { none, NumberColumn } from './number-column.ts'
import { PackedIds } from './packed-ids.ts'
import { PositionTable } from './position-table.ts'

describe('names', () => {
  test('give each id one number, for ever', () => {
    const names = new Names<string>()

    expect(['ann', 'bob', 'ann'].map((id) => names.number(id))).toEqual([0, 1, 0])
    expect(names.find('bob')).toBe(1)
    expect(names.find('cleo')).toBeUndefined()
    expect(names.id(1)).toBe('bob')
    expect(names.count).toBe(2)
    expect(() => names.id(2)).toThrow('No id has the number 2')
  })
})

describe('packed ids', () => {
  test('are what was put in, as long as each other or not', () => {
    const sameLength = fc.array(fc.string({ minLength: 3, maxLength: 3 }))
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.string()), sameLength), (all) => {
        const ids = new PackedIds(all)

        expect(Array.from({ length: ids.length }, (_, i) => ids.at(i))).toEqual(all)
      }),
      cases(100),
    )
  })

  test('are found by a table of their positions', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (ids, other) => {
        const table = new PositionTable(ids.length, (position) => ids[position]!)

        expect(ids.map((id) => table.find(id))).toEqual(ids.map((_, i) => i))
        expect(table.find(other)).toBe(ids.includes(other) ? ids.indexOf(other) : undefined)
      }),
      cases(100),
    )
  })
})

test('a column of numbers gives back what was put in, narrow or wide, and where there is none', () => {
  const numbers = fc.array(fc.oneof(fc.nat({ max: 9 }), fc.constantFrom(none, 0xfffe, 0xffff, 0xffff_fffe)))
  fc.assert(
    fc.property(numbers, (all) => {
      const column = new NumberColumn(Uint32Array.from(all))

      expect(all.map((_, i) => column.at(i))).toEqual(all)
    }),
    cases(100),
  )
})

describe('lists', () => {
  const arbitraryPairs = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat()))
  const listsOf = (pairs: readonly (readonly [number, number])[]) => {
    const [rows, values] = [new GrowingColumn(), new GrowingColumn()]
    for (const [row, value] of pairs) {
      rows.push(row)
      values.push(value)
    }
    return Lists.of(6, rows, values)
  }
  const valuesOf = (pairs: readonly (readonly [number, number])[], row: number) =>
    pairs.filter(([of]) => of === row).map(([, value]) => value)
  const visited = (lists: Lists, row: number) => {
    const values: number[] = []
    lists.each(row, (value) => values.push(value))
    return values
  }

  test('hold the values of each row in their order', () => {
    fc.assert(
      fc.property(arbitraryPairs, (pairs) => {
        const lists = listsOf(pairs)
        for (let row = 0; row < 8; row++) {
          expect(Array.from(lists.list(row))).toEqual(valuesOf(pairs, row))
          expect(visited(lists, row)).toEqual(valuesOf(pairs, row))
        }
      }),
      cases(100),
    )
  })

  test('of positions that follow each other need no values', () => {
    const lists = Lists.runs(Uint32Array.of(2, 2, 5, 6))

    expect([0, 1, 2, 3].map((row) => Array.from(lists.list(row)))).toEqual([[], [2, 3, 4], [5], []])
    expect([0, 1, 2, 3].map((row) => visited(lists, row))).toEqual([[], [2, 3, 4], [5], []])
  })

  test('a copy can differ, and leaves the original as it was', () => {
    fc.assert(
      fc.property(arbitraryPairs, fc.nat({ max: 7 }), fc.array(fc.nat()), (pairs, row, instead) => {
        const original = listsOf(pairs)
        const copy = original.copy()
        copy.set(row, instead)

        expect(visited(copy, row)).toEqual(instead)
        expect(Array.from(copy.list(row))).toEqual(instead)
        expect(visited(original, row)).toEqual(valuesOf(pairs, row))
        expect([original.changes, copy.changes]).toEqual([0, 1])
      }),
      cases(100),
    )
  })
})
