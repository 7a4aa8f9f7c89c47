import { describe, expect, test } from 'vitest'
import type { PermissionSet } from '../../role/permission-set.ts'
import { Classes, emptyClass } from './classes.ts'

const standing = (...words: number[]) => Uint32Array.from(words) as PermissionSet
const ceiling = { maximum: 1, standing: standing(1, 23) }

describe('a class of access', () => {
  test('has each of its terms once, in whatever order they come', () => {
    const classes = new Classes()
    const terms = Array.from({ length: 12 }, (_, role) => classes.termOf(role, true))
    const classOf = (all: readonly number[]) =>
      all.reduce((number, term) => classes.with(number, term), emptyClass)
    const inOrder = classOf(terms)

    expect(classOf(terms.toReversed())).toBe(inOrder)
    expect(classOf([...terms, ...terms])).toBe(inOrder)
    expect(classes.termsOf(inOrder).map(({ role }) => role)).toEqual(Array.from(terms, (_, role) => role))
    expect(classOf(terms.slice(1))).not.toBe(inOrder)
  })

  test('of having nothing has no terms', () => {
    expect(new Classes().termsOf(emptyClass)).toEqual([])
  })

  test('that is known is not kept again', () => {
    const classes = new Classes()
    const make = () =>
      [classes.termOf(3, true), classes.termOf(3, false), classes.termUnder(ceiling, 3, true)].map((term) =>
        classes.with(emptyClass, term),
      )
    const first = make()
    const { count } = classes

    expect(new Set(first).size).toBe(3)
    expect(make()).toEqual(first)
    expect(classes.count).toBe(count)
  })
})

test('what comes under other ceilings is another term', () => {
  const classes = new Classes()
  const terms = [
    classes.termUnder(ceiling, 3, true),
    classes.termUnder(ceiling, 3, false),
    classes.termUnder(ceiling, 4, true),
    classes.termUnder({ ...ceiling, maximum: 2 }, 3, true),
    classes.termUnder({ ...ceiling, standing: standing(12, 3) }, 3, true),
    classes.termOf(3, true),
    classes.termOf(3, false),
  ]

  expect(new Set(terms).size).toBe(terms.length)
})
