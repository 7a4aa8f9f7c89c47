import { describe, expect, test } from 'vitest'
import { nearestName, unknownName } from './nearest-name.ts'

const roles = ['editor', 'creator', 'manager', 'read-only']

describe('the nearest name', () => {
  test.each([
    ['edtor', 'editor'],
    ['Editor', 'editor'],
    ['eidtor', 'editor'],
    ['read_only', 'read-only'],
    ['menager', 'manager'],
  ])('to `%s` is `%s`', (name, nearest) => {
    expect(nearestName(name, roles)).toBe(nearest)
  })

  test.each(['owner', 'x', '', 'administrator'])('to `%s` there is none', (name) => {
    expect(nearestName(name, roles)).toBeUndefined()
  })

  test('of a single letter is one letter away', () => {
    expect(nearestName('b', ['a', 'bcd'])).toBe('a')
  })
})

describe('an unknown name', () => {
  test('is told with the nearest', () => {
    expect(unknownName('role', 'edtor', roles)).toBe('unknown role `edtor`; did you mean `editor`?')
  })

  test('is told with all there are, where none is near and they are few', () => {
    expect(unknownName('role', 'boss', ['editor', 'reader'])).toBe(
      'unknown role `boss`; known are `editor`, `reader`',
    )
  })

  test('is told alone where there are many, or none', () => {
    const many = Array.from({ length: 9 }, (_, index) => `organization-${index}`)

    expect(unknownName('organization', 'x', many)).toBe('unknown organization `x`')
    expect(unknownName('organization', 'x', [])).toBe('unknown organization `x`; there is none here')
  })

  test('is cut where it is very long', () => {
    expect(unknownName('role', 'x'.repeat(10_000), roles).length).toBeLessThan(200)
  })
})
