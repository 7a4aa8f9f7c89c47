import { expect, test } from 'vitest'
import { service } from './genuine-response.fixture.ts'
import type { SamlSubject } from './saml-identity.ts'
import { subjectKey } from './subject-key.ts'

const issuer = 'https://idp.test'
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const subject: SamlSubject = {
  value: 'ann smith',
  format: persistent,
  nameQualifier: undefined,
  spNameQualifier: undefined,
}
const key = (change: Partial<SamlSubject> = {}) => subjectKey({ ...subject, ...change }, issuer, service)

test('somebody is known by the kind of their name and its value', () => {
  expect(key()).toBe('persistent ann smith')
})

test('qualifiers that go without saying change nobody', () => {
  expect(key({ nameQualifier: issuer, spNameQualifier: service.entityId })).toBe(key())
})

test('names that differ in anything are different people', () => {
  const keys = [
    key(),
    key({ value: 'Ann smith' }),
    key({ format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }),
    key({ format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' }),
    key({ format: 'urn:other persistent' }),
    key({ nameQualifier: 'https://other.test' }),
    key({ spNameQualifier: 'https://other.test' }),
    key({ nameQualifier: 'a|b' }),
    key({ nameQualifier: 'a', spNameQualifier: 'b' }),
    key({ nameQualifier: 'a b', value: 'c' }),
    key({ nameQualifier: 'a', value: 'b c' }),
  ]

  expect(new Set(keys).size).toBe(keys.length)
})
