import { describe, expect, test } from 'vitest'
import { attacker, noon, provider } from './genuine-response.fixture.ts'
import { readIdpFields } from './idp-settings.ts'
import { makeKeyPair } from './key-pair.ts'
import { readIdpMetadata } from './read-idp-metadata.ts'
import { escaped } from './write-xml.ts'

const bare = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, '')
const key = (pem: string, use = ' use="signing"') =>
  `<md:KeyDescriptor${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>` +
  `<ds:X509Certificate>\n${bare(pem).replace(/.{64}/g, '$&\n')}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`

interface Written {
  readonly root?: string
  readonly role?: string
  readonly keys?: string
  readonly services?: string
}

const redirect = (location: string) =>
  `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${location}"/>`
const post =
  '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.test/post"/>'

function metadata({
  root = '',
  role = '',
  keys = key(provider.certificate),
  services,
}: Written = {}): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!-- of the identity provider -->\n` +
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.test/metadata" ${root}>` +
    `<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" ${role}>${keys}` +
    `${services ?? post + redirect('https://idp.test/sso?a=b&amp;c=d')}</md:IDPSSODescriptor>` +
    `<md:ContactPerson contactType="technical"/></md:EntityDescriptor>`
  )
}

describe('metadata of an identity provider', () => {
  test('is read as it is written by most of them', () => {
    expect(readIdpMetadata(`\uFEFF${metadata()}`, noon)).toMatchObject({
      ok: true,
      value: {
        entityId: 'https://idp.test/metadata',
        signOnUrl: 'https://idp.test/sso?a=b&c=d',
        certificates: [provider.certificate],
        wantsSignedRequests: false,
        signing: [{ validUntil: new Date('2036-01-01T00:00:00Z') }],
        validUntil: undefined,
      },
    })
  })

  test('may hold several certificates, as while one replaces the other; those for encryption are none', async () => {
    const other = await makeKeyPair('encryption', noon)
    const keys =
      key(provider.certificate) + key(attacker.certificate, '') + key(other.certificate, ' use="encryption"')

    expect(readIdpMetadata(metadata({ keys: keys + key(provider.certificate) }), noon)).toMatchObject({
      ok: true,
      value: { certificates: [provider.certificate, attacker.certificate] },
    })
  })

  test('leaves out a certificate whose time is over, while another remains', async () => {
    const old = await makeKeyPair('old', new Date('2010-01-01T00:00:00Z'))

    expect(
      readIdpMetadata(metadata({ keys: key(old.certificate) + key(provider.certificate) }), noon),
    ).toMatchObject({
      ok: true,
      value: { certificates: [provider.certificate] },
    })
    expect(readIdpMetadata(metadata({ keys: key(old.certificate) }), noon)).toMatchObject({
      refusal: { detail: expect.stringContaining('expired') },
    })
  })

  test('says until when it is good, and whether requests are to be signed', () => {
    const root = 'validUntil="2026-07-01T00:00:00Z"'
    const role = 'validUntil="2026-06-15T00:00:00Z" WantAuthnRequestsSigned="true"'

    expect(readIdpMetadata(metadata({ root, role }), noon)).toMatchObject({
      ok: true,
      value: { wantsSignedRequests: true, validUntil: new Date('2026-06-15T00:00:00Z') },
    })
  })

  test.each([
    { what: 'has a document type', text: `<!DOCTYPE x>${metadata()}`, says: 'document type' },
    { what: 'has an entity', text: metadata({ root: 'a="&x;"' }), says: 'entity' },
    { what: 'is longer than any', text: metadata({ root: `a="${'a'.repeat(500_000)}"` }), says: '500,000' },
    { what: 'is no XML', text: 'https://idp.test/metadata', says: 'not well-formed' },
    { what: 'is empty', text: '', says: 'one root' },
    {
      what: 'describes many parties',
      text: '<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>',
      says: 'several parties',
    },
    {
      what: 'is of a service',
      text: metadata().replaceAll('IDPSSO', 'SPSSO'),
      says: 'not the metadata of a SAML 2.0',
    },
    {
      what: 'is in another namespace',
      text: metadata().replaceAll('2.0:metadata', '1.0:metadata'),
      says: 'not the metadata',
    },
    {
      what: 'speaks an older protocol',
      text: metadata().replace('SAML:2.0:protocol', 'SAML:1.1:protocol'),
      says: 'not the metadata',
    },
    { what: 'takes no requests by redirect', text: metadata({ services: post }), says: 'HTTP-Redirect' },
    { what: 'has no certificate', text: metadata({ keys: '' }), says: 'no certificate' },
    {
      what: 'has an empty certificate',
      text: metadata({ keys: key('') }),
      says: 'Certificate 1 cannot be read',
    },
    {
      what: 'has something else for a certificate',
      text: metadata({ keys: key('AAAA') }),
      says: 'Certificate 1 cannot be read',
    },
    {
      what: 'has nine certificates',
      text: metadata({ keys: key(provider.certificate).repeat(9) }),
      says: '9 certificates',
    },
    {
      what: 'is out of date',
      text: metadata({ root: 'validUntil="2026-06-01T12:00:00Z"' }),
      says: 'was valid until',
    },
    { what: 'has an end in words', text: metadata({ root: 'validUntil="soon"' }), says: 'not a time in UTC' },
    { what: 'has no name', text: metadata().replace(/ entityID="[^"]*"/, ''), says: 'entity id' },
    {
      what: 'has a name with a blank',
      text: metadata().replace('https://idp.test/metadata', 'my idp'),
      says: 'entity id',
    },
  ])('is refused with a sentence where it $what', ({ text, says }) => {
    expect(readIdpMetadata(text, noon)).toEqual({
      ok: false,
      refusal: { code: 'identity_provider_unusable', detail: expect.stringContaining(says) },
    })
  })
})

describe('a sign-on address is refused that', () => {
  test.each([
    'http://idp.test/sso',
    'javascript:alert(1)',
    'https://user:word@idp.test/sso',
    'https://idp.test/sso#part',
    'https://idp.test/s o',
    'https://idp.test/sso\r\nx: y',
    'https:\\\\idp.test',
    '/sso',
    '',
    `https://idp.test/${'a'.repeat(2048)}`,
  ])('is %j', (signOnUrl) => {
    const fields = { entityId: 'https://idp.test', signOnUrl, certificates: [provider.certificate] }

    expect(readIdpFields(fields, noon)).toMatchObject({ ok: false })
    expect(readIdpMetadata(metadata({ services: redirect(escaped(signOnUrl)) }), noon)).toMatchObject({
      ok: false,
    })
  })
})

test('an identity provider may be given by plain fields, its certificate as PEM or bare', () => {
  for (const certificate of [
    provider.certificate,
    bare(provider.certificate),
    provider.certificate.replaceAll('\n', '\r\n'),
  ]) {
    const fields = {
      entityId: 'urn:idp',
      signOnUrl: 'http://localhost:8080/sso',
      certificates: [certificate],
    }

    expect(readIdpFields(fields, noon)).toMatchObject({
      ok: true,
      value: { certificates: [provider.certificate] },
    })
  }
})

test.each([
  { kind: 'an elliptic curve', pem: ellipticCurve(), says: 'key of type ec' },
  { kind: '1024 bits', pem: weakRsa(), says: '1024 bits' },
])('a certificate for a key of $kind is refused', ({ pem, says }) => {
  const fields = { entityId: 'urn:idp', signOnUrl: 'https://idp.test/sso', certificates: [pem] }

  expect(readIdpFields(fields, noon)).toMatchObject({ refusal: { detail: expect.stringContaining(says) } })
})

/** Made once with openssl; valid for a hundred years. */
function ellipticCurve(): string {
  return `-----BEGIN CERTIFICATE-----
MIIBczCCARmgAwIBAgIUN5JPvsAGI4bl41oW629+dnPzAZIwCgYIKoZIzj0EAwIw
DjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEyMTIzNDkxOFoYDzIxMjYxMDI4MjM0OTE4
WjAOMQwwCgYDVQQDDANpZHAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASfKpgH
b0Y+Mm21EESAX5Jd6youP1vZ0Wskc7hDMcm5A1M8NhGnl8or9+hnQQYkUNkb02z3
dWdJDZNGjdyzzpxdo1MwUTAdBgNVHQ4EFgQUvi6ggtX7p46nghsqqSsAZIAFSwAw
HwYDVR0jBBgwFoAUvi6ggtX7p46nghsqqSsAZIAFSwAwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNIADBFAiBRDO3OMDOM0AC24FC1GkavBXB/XHk1/kp55UKD
LtY3OQIhAOde4By1XRWxxPZhFzez1qS1VaOFisEYqoJa+CFgbyWR
-----END CERTIFICATE-----`
}

function weakRsa(): string {
  return `-----BEGIN CERTIFICATE-----
MIIB+jCCAWOgAwIBAgIUG0kvX3HmsKgUtqzhxcjbbZwKSCgwDQYJKoZIhvcNAQEL
BQAwDjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEyMTIzNDkxOFoYDzIxMjYxMDI4MjM0
OTE4WjAOMQwwCgYDVQQDDANpZHAwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGB
ANtFfrTfnTosZqb1yZbTttu9VTiuc1VRg67Xau8p15kzCSFECFT57DTmQNblMxDj
ZvRY9FrMAFCE8x7/xAHw8ssEaQTrF0COKma1R+ys6GmCvviLKb1ysx/bW2LH/gsR
iWw3uDepxifsV6iIQ1KgliuMwpYFChcxYSBD6e4eEZDjAgMBAAGjUzBRMB0GA1Ud
DgQWBBSe2KNQs17XIhblinfNIEqsFF0oTTAfBgNVHSMEGDAWgBSe2KNQs17XIhbl
infNIEqsFF0oTTAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAEGx
QyAOlEClWByacv7v8SURei7hqM2sNmiXWSJ+GgW8n8EUVl51eCtW/yebJwGnArzP
yVXOnNU6InzIWX8KtA+UdeXUUo2VhfxJSXEO2hsZRityaSo0mEdKZIumDSzpNDvD
olWiTaWnY+nAt+hht+gYvzSwCaCmV65EI2vucF8+
-----END CERTIFICATE-----`
}
