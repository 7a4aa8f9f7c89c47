import { IdentityProvider, ServiceProvider, setSchemaValidator } from 'samlify'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeKeyPair } from './key-pair.ts'
import { serviceProviderOf } from './parties.ts'
import { readIdpMetadata } from './read-idp-metadata.ts'
import { readSamlResponse } from './read-saml-response.ts'
import { newRequestId, samlRequest } from './saml-request.ts'
import { spMetadata } from './sp-metadata.ts'

// samlify refuses to read anything before it is told how to validate against the schema; it is on our side here.
setSchemaValidator({ validate: () => Promise.resolve('not looked at') })

const now = new Date()
const idpKeys = await makeKeyPair('idp', now)
const ourKeys = await makeKeyPair('keyholder', now)
const service = serviceProviderOf('https://id.example.test', 'sso_1')
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

const idp = IdentityProvider({
  entityID: 'https://idp.test/metadata',
  privateKey: idpKeys.privateKey,
  signingCert: idpKeys.certificate,
  wantAuthnRequestsSigned: true,
  requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  nameIDFormat: [persistent],
  singleLogoutService: [
    { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: 'https://idp.test/out' },
  ],
  singleSignOnService: [
    { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: 'https://idp.test/sso' },
  ],
})

const request = {
  id: newRequestId(new Uint8Array(20).fill(7)),
  relayState: 'handle-1',
  now,
  forceAuthn: true,
  privateKey: ourKeys.privateKey,
  nameIdFormat: undefined,
}

describe('an identity provider that knows nothing of this program', () => {
  const us = ServiceProvider({
    metadata: spMetadata(service, [ourKeys.certificate]),
    wantMessageSigned: true,
  })
  let settings: Extract<ReturnType<typeof readIdpMetadata>, { ok: true }>['value']

  beforeAll(() => {
    const read = readIdpMetadata(idp.getMetadata(), now)
    if (!read.ok) throw new Error(read.refusal.detail)
    settings = read.value
  })

  test('reads our metadata', () => {
    expect(us.entityMeta.getEntityID()).toBe(service.entityId)
    expect(us.entityMeta.isWantAssertionsSigned()).toBe(true)
    expect(us.entityMeta.isAuthnRequestSigned()).toBe(true)
    expect(us.entityMeta.getAssertionConsumerService('post')).toBe(service.acsUrl)
  })

  test('reads our signed request', async () => {
    const url = new URL(samlRequest(settings, service, request))
    const read = await idp.parseLoginRequest(us, 'redirect', {
      query: Object.fromEntries(url.searchParams),
      octetString: signedPart(url),
    })

    expect(url.origin + url.pathname).toBe('https://idp.test/sso')
    expect(url.searchParams.get('RelayState')).toBe('handle-1')
    expect(read.extract).toMatchObject({
      issuer: service.entityId,
      request: {
        id: request.id,
        assertionConsumerServiceUrl: service.acsUrl,
        destination: 'https://idp.test/sso',
      },
    })
  })

  test('does not take a request that was changed on its way', async () => {
    const url = new URL(samlRequest(settings, service, request))
    const octetString = signedPart(url).replace('handle-1', 'handle-2')

    await expect(
      idp.parseLoginRequest(us, 'redirect', { query: Object.fromEntries(url.searchParams), octetString }),
    ).rejects.toThrow('ERR_FAILED_MESSAGE_SIGNATURE_VERIFICATION')
  })

  test('answers with somebody who signed in', async () => {
    const answer = await idp.createLoginResponse(
      us,
      { extract: { request: { id: request.id } } },
      'post',
      {},
      {
        customTagReplacement: (template: string) => ({
          id: '_r',
          context: filled(template, settings.entityId),
        }),
      },
    )
    const read = await readSamlResponse(answer.context, {
      provider: settings,
      service,
      requestId: request.id,
      now,
    })

    expect(read).toMatchObject({ ok: true, value: { subject: { value: 'ann', format: persistent } } })
  })
})

/** What the signature of a redirect covers: the query as it was sent, up to the signature. */
function signedPart({ search }: URL): string {
  return search.slice(1, search.indexOf('&Signature='))
}

/** The provider's own template says nothing of how somebody signed in; that is put in. */
function filled(template: string, issuer: string): string {
  const [at, until] = [now.toISOString(), new Date(now.getTime() + 300_000).toISOString()]
  const values: Record<string, string> = {
    ID: '_r',
    AssertionID: '_a',
    IssueInstant: at,
    Destination: service.acsUrl,
    InResponseTo: request.id,
    Issuer: issuer,
    StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    NameIDFormat: persistent,
    NameID: 'ann',
    SubjectConfirmationDataNotOnOrAfter: until,
    SubjectRecipient: service.acsUrl,
    ConditionsNotBefore: at,
    ConditionsNotOnOrAfter: until,
    Audience: service.entityId,
    AuthnStatement: `<saml:AuthnStatement AuthnInstant="${at}"><saml:AuthnContext/></saml:AuthnStatement>`,
    AttributeStatement: '',
  }
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}
