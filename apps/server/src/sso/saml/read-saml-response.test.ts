import { describe, expect, test } from 'vitest'
import { base64, expected, noon, provider, response, sign } from './genuine-response.fixture.ts'
import { makeKeyPair } from './key-pair.ts'
import { readSamlResponse } from './read-saml-response.ts'
import { valuesOf } from './saml-identity.ts'

describe('the answer of an identity provider', () => {
  test.each([
    { what: 'the assertion is signed', signing: { assertion: true } },
    { what: 'the response is signed', signing: { response: true } },
    { what: 'both are signed', signing: { assertion: true, response: true } },
    { what: 'no certificate comes with it', signing: { assertion: true, certificate: null } },
    {
      what: 'it is signed with SHA-512',
      signing: {
        response: true,
        signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
        digest: 'http://www.w3.org/2001/04/xmlenc#sha512',
      },
    },
  ])('says who signed in where $what', async ({ signing }) => {
    const read = await readSamlResponse(base64(sign(response(), signing)), expected)

    expect(read).toEqual({
      ok: true,
      value: {
        subject: {
          value: 'ann@corp.test',
          format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
          nameQualifier: undefined,
          spNameQualifier: undefined,
        },
        assertionId: '_assertion1',
        notOnOrAfter: new Date('2026-06-01T12:05:00Z'),
        authenticatedAt: new Date('2026-06-01T11:58:00Z'),
        sessionIndex: '_session1',
        sessionEndsAt: new Date('2026-06-01T20:00:00Z'),
        authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
        attributes: [
          { name: 'urn:oid:0.9.2342.19200300.100.1.3', friendlyName: 'mail', values: ['ann@corp.test'] },
          { name: 'groups', friendlyName: undefined, values: ['ops', 'night, shift'] },
        ],
      },
    })
  })

  test.each([
    { what: 'lines of the base64 end early', post: (xml: string) => base64(xml).replace(/.{76}/g, '$&\r\n') },
    {
      what: 'it begins with a declaration',
      post: (xml: string) => base64(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`),
    },
    { what: 'it ends with a line', post: (xml: string) => base64(`${xml}\n`) },
  ])('is read where $what', async ({ post }) => {
    const read = await readSamlResponse(post(sign(response(), { assertion: true })), expected)

    expect(read).toMatchObject({ ok: true, value: { subject: { value: 'ann@corp.test' } } })
  })

  test('may be signed with any of the certificates, while one replaces the other', async () => {
    const next = await makeKeyPair('next', noon)
    const both = {
      ...expected,
      provider: { ...expected.provider, certificates: [provider.certificate, next.certificate] },
    }

    for (const key of [provider, next]) {
      const read = await readSamlResponse(
        base64(sign(response(), { assertion: true, response: true, key })),
        both,
      )
      expect(read.ok).toBe(true)
    }
  })

  test('keeps attributes of one name together, and finds them by either name', async () => {
    const more =
      '<saml:Attribute Name="groups"><saml:AttributeValue> lead </saml:AttributeValue></saml:Attribute>'
    const read = await readSamlResponse(base64(sign(response({ more }), { assertion: true })), expected)
    if (!read.ok) throw new Error(read.refusal.reason)

    expect(valuesOf(read.value, 'groups')).toEqual(['ops', 'night, shift', 'lead'])
    expect(valuesOf(read.value, 'mail')).toEqual(['ann@corp.test'])
    expect(valuesOf(read.value, 'Groups')).toBeUndefined()
  })

  test('may name somebody by characters of any language', async () => {
    const read = await readSamlResponse(
      base64(sign(response({ nameId: 'Ωnn &amp; 安' }), { response: true })),
      expected,
    )

    expect(read).toMatchObject({ ok: true, value: { subject: { value: 'Ωnn & 安' } } })
  })
})
