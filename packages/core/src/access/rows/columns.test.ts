import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrowingColumn } from './growing-column.ts'
import { Lists } from './lists.ts'
import { Names } from './names.ts'
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
  test('are what was put in, before and after packing, and when more come', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (first, later) => {
        const ids = new PackedIds<string>()
        for (const id of first) ids.push(id)
        ids.pack()
        for (const id of later) ids.push(id)

        const all = () => Array.from({ length: ids.length }, (_, i) => ids.at(i))
        expect(all()).toEqual([...first, ...later])
        ids.pack()
        expect(all()).toEqual([...first, ...later])
      }),
    )
  })

  test('are found by a table of their positions', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (ids, other) => {
        const table = new PositionTable(ids.length, (position) => ids[position]!)

        expect(ids.map((id) => table.find(id))).toEqual(ids.map((_, i) => i))
        expect(table.find(other)).toBe(ids.includes(other) ? ids.indexOf(other) : undefined)
      }),
    )
  })
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
    )
  })

  test('a copy can differ, packed or not, and leaves the original as it was', () => {
    fc.assert(
      fc.property(arbitraryPairs, fc.nat({ max: 7 }), fc.array(fc.nat()), (pairs, row, instead) => {
        const original = listsOf(pairs)
        const copy = original.copy()
        copy.set(row, instead)

        expect(visited(copy, row)).toEqual(instead)
        expect(Array.from(copy.list(row))).toEqual(instead)
        expect(visited(original, row)).toEqual(valuesOf(pairs, row))
        expect([original.changes, copy.changes]).toEqual([0, 1])

        const packed = copy.packed(8, (value) => value + 1)
        expect(packed.changes).toBe(0)
        for (let of = 0; of < 8; of++) {
          expect(visited(packed, of)).toEqual(visited(copy, of).map((value) => value + 1))
        }
      }),
    )
  })
})
