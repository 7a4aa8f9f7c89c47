import { describe, expect, test } from 'vitest'
import { isCrossSite } from './is-cross-site.ts'

const publicUrl = 'https://access.example.com'
const withSession = { publicUrl, hasSession: true }

describe('a request with a session', () => {
  test.each([
    { what: 'of our own page', headers: { origin: publicUrl }, isForeign: false },
    {
      what: 'of our own page, as the browser says',
      headers: { 'sec-fetch-site': 'same-origin' },
      isForeign: false,
    },
    { what: 'of another site', headers: { origin: 'https://evil.example' }, isForeign: true },
    { what: 'of a sibling', headers: { origin: 'https://other.example.com' }, isForeign: true },
    {
      what: 'of a look-alike',
      headers: { origin: 'https://access.example.com.evil.example' },
      isForeign: true,
    },
    {
      what: 'of our name without encryption',
      headers: { origin: 'http://access.example.com' },
      isForeign: true,
    },
    {
      what: 'of our name on another port',
      headers: { origin: 'https://access.example.com:8443' },
      isForeign: true,
    },
    { what: 'of a page without an origin', headers: { origin: 'null' }, isForeign: true },
    { what: 'that says nothing of where it comes from', headers: {}, isForeign: true },
    {
      what: 'that the browser says comes from elsewhere',
      headers: { 'sec-fetch-site': 'cross-site' },
      isForeign: true,
    },
    {
      what: 'that the browser says comes from a sibling',
      headers: { 'sec-fetch-site': 'same-site' },
      isForeign: true,
    },
    {
      what: 'whose two signs differ',
      headers: { origin: publicUrl, 'sec-fetch-site': 'cross-site' },
      isForeign: true,
    },
  ])('$what: foreign is $isForeign', ({ headers, isForeign }) => {
    expect(isCrossSite(headers, withSession)).toBe(isForeign)
  })
})

test('a program without a browser may sign in', () => {
  expect(isCrossSite({}, { publicUrl, hasSession: false })).toBe(false)
})

describe('on one’s own machine', () => {
  const local = { publicUrl: 'http://localhost:4455', hasSession: true }

  test.each([
    { origin: 'http://127.0.0.1:4455', isForeign: false },
    { origin: 'http://[::1]:4455', isForeign: false },
    { origin: 'http://127.0.0.1:3000', isForeign: true },
    { origin: 'https://localhost:4455', isForeign: true },
    { origin: 'http://localhost.evil.example:4455', isForeign: true },
  ])('a page of $origin is foreign: $isForeign', ({ origin, isForeign }) => {
    expect(isCrossSite({ origin }, local)).toBe(isForeign)
  })

  test('what stands for this machine does not stand for a public address', () => {
    expect(isCrossSite({ origin: 'http://localhost' }, withSession)).toBe(true)
  })
})
