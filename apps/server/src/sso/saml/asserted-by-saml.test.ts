import { describe, expect, test } from 'vitest'
import { assertedBySaml } from './asserted-by-saml.ts'
import { service } from './genuine-response.fixture.ts'
import type { SamlAttribute, SamlIdentity } from './saml-identity.ts'

const issuer = 'https://idp.test'
const identity: SamlIdentity = {
  subject: {
    value: 'u-1',
    format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    nameQualifier: undefined,
    spNameQualifier: undefined,
  },
  assertionId: '_a',
  notOnOrAfter: new Date('2026-06-01T12:05:00Z'),
  authenticatedAt: new Date('2026-06-01T12:00:00Z'),
  sessionIndex: undefined,
  sessionEndsAt: undefined,
  authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos',
  attributes: [],
}
const attribute = (name: string, ...values: string[]): SamlAttribute => ({
  name,
  friendlyName: undefined,
  values,
})
const said = (attributes: readonly SamlAttribute[], change: Partial<SamlIdentity> = {}) =>
  assertedBySaml({ ...identity, ...change, attributes }, issuer, service)

describe('of a SAML identity', () => {
  test.each([
    { by: 'LDAP', attributes: [attribute('urn:oid:0.9.2342.19200300.100.1.3', 'ann@corp.test')] },
    { by: 'a plain name', attributes: [attribute('email', ' ann@corp.test ')] },
    {
      by: 'Microsoft',
      attributes: [
        attribute(
          'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
          'ann@corp.test',
          'b@c.test',
        ),
      ],
    },
    {
      by: 'a friendly name',
      attributes: [{ name: 'urn:x', friendlyName: 'mail', values: ['ann@corp.test'] }],
    },
  ])('the address is read as $by has it', ({ attributes }) => {
    expect(said(attributes).email).toBe('ann@corp.test')
  })

  test('the name itself is the address, where it is said to be one', () => {
    const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
    const subject = { ...identity.subject, value: 'ann@corp.test', format }

    expect(said([], { subject }).email).toBe('ann@corp.test')
    expect(said([]).email).toBeUndefined()
  })

  test('the full name is put together where it comes in parts', () => {
    expect(said([attribute('sn', 'Smith'), attribute('givenName', 'Ann')]).name).toBe('Ann Smith')
    expect(said([attribute('displayName', 'A. Smith'), attribute('sn', 'Smith')]).name).toBe('A. Smith')
    expect(said([]).name).toBeUndefined()
  })

  test('attributes go by both of their names, but a friendly name never covers a real one', () => {
    const attributes = [
      { name: 'urn:groups', friendlyName: 'groups', values: ['ops'] },
      { name: 'urn:admins', friendlyName: 'staff', values: ['root'] },
      attribute('staff', 'everybody'),
    ]

    expect(Object.fromEntries(said(attributes).attributes)).toEqual({
      'urn:groups': ['ops'],
      groups: ['ops'],
      'urn:admins': ['root'],
      staff: ['everybody'],
    })
  })

  test('an attribute with a value that is too long is none at all', () => {
    expect(said([attribute('groups', 'ops', 'x'.repeat(2000))]).attributes.has('groups')).toBe(false)
  })
})
