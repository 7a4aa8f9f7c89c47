import { expect, test } from 'vitest'
import { returnPath } from './return-to.ts'

test.each(['/', '/accounts/acme', '/a?b=c&d=%2F#e', '/a%20b', '/a/../b'])(
  '%s is a place to go back to',
  (path) => {
    expect(new URL(returnPath(path), 'https://x.test').origin).toBe('https://x.test')
    expect(returnPath(path)).not.toBe(path === '/' ? '' : '/')
  },
)

test.each([
  undefined,
  '',
  'accounts',
  '//m.test',
  '///m.test',
  '/\\m.test',
  '\\\\m.test',
  '/a\\b',
  '/..//m.test',
  '/./ /m.test',
  '/\t/m.test',
  '/\n/m.test',
  '/a\r\nset-cookie: x=1',
  '/\u2044m.test',
  '/\uff0fm.test',
  'https://m.test',
  'https:m.test',
  'https:/m.test',
  'user@m.test',
  '@m.test',
  'javascript:alert(1)',
  'data:text/html,x',
  ' /a',
  '\u0000/a',
])('%j is not, and leads to the front page', (wanted) => {
  expect(returnPath(wanted)).toBe('/')
})

test('what is escaped stays escaped', () => {
  expect(returnPath('/%5cm.test')).toBe('/%5cm.test')
  expect(returnPath('/%2f%2fm.test')).toBe('/%2f%2fm.test')
})
