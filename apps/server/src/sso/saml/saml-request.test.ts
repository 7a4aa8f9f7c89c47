import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { noon, service } from './genuine-response.fixture.ts'
import { samlRequest, type SamlRequest } from './saml-request.ts'
import { escaped } from './write-xml.ts'

const idp = {
  entityId: 'https://idp.test',
  signOnUrl: 'https://idp.test/sso',
  certificates: [],
  wantsSignedRequests: false,
}
const request: SamlRequest = {
  id: '_1',
  relayState: 'abc',
  now: noon,
  forceAuthn: false,
  privateKey: undefined,
  nameIdFormat: undefined,
}

function sent(url: string): string {
  return inflateRawSync(Buffer.from(new URL(url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
}

describe('a request', () => {
  test('says who asks, where the answer goes, and nothing more', () => {
    expect(sent(samlRequest(idp, service, request))).toBe(
      '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"' +
        ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0"' +
        ' IssueInstant="2026-06-01T12:00:00.000Z" Destination="https://idp.test/sso"' +
        ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"' +
        ' AssertionConsumerServiceURL="https://id.example.test/sso/sso_1/acs">' +
        '<saml:Issuer>https://id.example.test/sso/sso_1/metadata</saml:Issuer>' +
        '<samlp:NameIDPolicy AllowCreate="true"/></samlp:AuthnRequest>',
    )
  })

  test('asks to be proven anew, and for a kind of name, where that is wanted', () => {
    const nameIdFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
    const xml = sent(samlRequest(idp, service, { ...request, forceAuthn: true, nameIdFormat }))

    expect(xml).toContain(' ForceAuthn="true"')
    expect(xml).toContain(` Format="${nameIdFormat}"`)
  })

  test('keeps what the address has in its query already', () => {
    const url = new URL(samlRequest({ ...idp, signOnUrl: 'https://idp.test/sso?tenant=a' }, service, request))

    expect([...url.searchParams.keys()]).toEqual(['tenant', 'SAMLRequest', 'RelayState'])
  })

  test.each(['https://m.test/', '/home', 'a b', '', 'a'.repeat(81)])(
    'takes no relay state that is more than a handle: %j',
    (relayState) => {
      expect(() => samlRequest(idp, service, { ...request, relayState })).toThrow('handle')
    },
  )
})

test('text cannot become markup', () => {
  expect(escaped(`<a b="c" d='e'>&\u0000\t\n</a>`)).toBe(
    '&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;&#9;&#10;&#60;/a&#62;',
  )
})
