import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test.each([
  [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
  [{ a: undefined, b: {} }, '{"b":{}}'],
  [{ 'ä"': '\u2028\n' }, '{"ä\\"":"\u2028\\n"}'],
  [[], '[]'],
  [-0, '0'],
] as const)('%j is written as %s', (value, text) => {
  expect(canonicalJson(value)).toBe(text)
})

test('the order in which keys were put does not matter', () => {
  expect(canonicalJson({ x: { b: 1, a: 2 }, é: 0, Z: 0 })).toBe(
    canonicalJson({ Z: 0, é: 0, x: { a: 2, b: 1 } }),
  )
})

test('a key named like a prototype is a key', () => {
  const value = JSON.parse('{"__proto__": {"a": 1}}') as { readonly [key: string]: number }

  expect(canonicalJson(value)).toBe('{"__proto__":{"a":1}}')
})

test.each([Number.NaN, Infinity])('%d is not written at all', (number) => {
  expect(() => canonicalJson({ number })).toThrow(TypeError)
})
