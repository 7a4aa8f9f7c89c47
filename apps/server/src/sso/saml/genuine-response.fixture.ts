import { SignedXml } from 'xml-crypto'
import { makeKeyPair, type KeyPair } from './key-pair.ts'
import type { Expected } from './meaning.ts'
import { serviceProviderOf } from './parties.ts'

/** Everything about an answer that a test may want otherwise. */
export interface Said {
  readonly issuer: string
  readonly responseIssuer: string | undefined
  readonly version: string
  readonly destination: string | undefined
  readonly recipient: string | undefined
  readonly audience: string | undefined
  readonly inResponseTo: string | undefined
  readonly confirmedRequest: string | undefined
  readonly status: string
  readonly method: string
  readonly issued: string
  readonly notBefore: string | undefined
  readonly notOnOrAfter: string | undefined
  readonly confirmedUntil: string | undefined
  readonly confirmedFrom: string | undefined
  readonly authenticated: string
  readonly sessionEnds: string | undefined
  readonly nameId: string
  readonly format: string | undefined
  readonly assertionId: string
  readonly responseId: string
  readonly more: string
}

export interface Signing {
  readonly response?: boolean
  readonly assertion?: boolean
  readonly key?: KeyPair
  readonly signature?: string
  readonly digest?: string
  readonly canonicalization?: string
  readonly transforms?: readonly string[]
  /** A certificate to name other than that of the key; none is named where this is null. */
  readonly certificate?: string | null
}

export const noon = new Date('2026-06-01T12:00:00Z')
export const service = serviceProviderOf('https://id.example.test', 'sso_1')
export const provider = await makeKeyPair('idp.example.test', new Date('2026-01-01T00:00:00Z'))
export const attacker = await makeKeyPair('idp.example.test', new Date('2026-01-01T00:00:00Z'))

export const expected: Expected = {
  provider: { entityId: 'https://idp.example.test/metadata', certificates: [provider.certificate] },
  service,
  requestId: '_request1',
  now: noon,
}

const said: Said = {
  issuer: expected.provider.entityId,
  responseIssuer: expected.provider.entityId,
  version: '2.0',
  destination: service.acsUrl,
  recipient: service.acsUrl,
  audience: service.entityId,
  inResponseTo: expected.requestId,
  confirmedRequest: expected.requestId,
  status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
  method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
  issued: '2026-06-01T12:00:00Z',
  notBefore: '2026-06-01T11:59:30Z',
  notOnOrAfter: '2026-06-01T12:05:00Z',
  confirmedUntil: '2026-06-01T12:05:00Z',
  confirmedFrom: undefined,
  authenticated: '2026-06-01T11:58:00Z',
  sessionEnds: '2026-06-01T20:00:00Z',
  nameId: 'ann@corp.test',
  format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  assertionId: '_assertion1',
  responseId: '_response1',
  more: '',
}

/** An answer as an identity provider would write it, with whatever the test says otherwise, not signed yet. */
export function response(change: Partial<Said> = {}): string {
  const now = { ...said, ...change }
  const [protocol, assertion] = [
    'urn:oasis:names:tc:SAML:2.0:protocol',
    'urn:oasis:names:tc:SAML:2.0:assertion',
  ]
  const attribute = (name: string, value: string | undefined) =>
    value === undefined ? '' : ` ${name}="${value}"`
  return [
    `<samlp:Response xmlns:samlp="${protocol}" xmlns:saml="${assertion}" ID="${now.responseId}" Version="${now.version}"`,
    ` IssueInstant="${now.issued}"${attribute('Destination', now.destination)}`,
    `${attribute('InResponseTo', now.inResponseTo)}>`,
    now.responseIssuer === undefined ? '' : `<saml:Issuer>${now.responseIssuer}</saml:Issuer>`,
    `<samlp:Status><samlp:StatusCode Value="${now.status}"/></samlp:Status>`,
    `<saml:Assertion ID="${now.assertionId}" Version="${now.version}" IssueInstant="${now.issued}">`,
    `<saml:Issuer>${now.issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID${attribute('Format', now.format)}>${now.nameId}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="${now.method}"><saml:SubjectConfirmationData`,
    `${attribute('NotBefore', now.confirmedFrom)}${attribute('NotOnOrAfter', now.confirmedUntil)}`,
    `${attribute('Recipient', now.recipient)}${attribute('InResponseTo', now.confirmedRequest)}/>`,
    `</saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions${attribute('NotBefore', now.notBefore)}${attribute('NotOnOrAfter', now.notOnOrAfter)}>`,
    now.audience === undefined
      ? ''
      : `<saml:AudienceRestriction><saml:Audience>${now.audience}</saml:Audience></saml:AudienceRestriction>`,
    `</saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${now.authenticated}" SessionIndex="_session1"`,
    `${attribute('SessionNotOnOrAfter', now.sessionEnds)}><saml:AuthnContext><saml:AuthnContextClassRef>`,
    `urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef>`,
    `</saml:AuthnContext></saml:AuthnStatement>`,
    `<saml:AttributeStatement xmlns:xs="http://www.w3.org/2001/XMLSchema"`,
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`,
    `<saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3" FriendlyName="mail">`,
    `<saml:AttributeValue xsi:type="xs:string">ann@corp.test</saml:AttributeValue></saml:Attribute>`,
    `<saml:Attribute Name="groups"><saml:AttributeValue xsi:type="xs:string">ops</saml:AttributeValue>`,
    `<saml:AttributeValue xsi:type="xs:string">night, shift</saml:AttributeValue></saml:Attribute>`,
    now.more,
    `</saml:AttributeStatement></saml:Assertion></samlp:Response>`,
  ].join('')
}

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

const root = "/*[local-name(.)='Response']"
const within = `${root}/*[local-name(.)='Assertion']`

/** Signs an answer with a key of the identity provider's: the assertion, the response around it, or both. */
export function sign(xml: string, signing: Signing): string {
  const inner = signing.assertion ? signAt(xml, within, signing) : xml
  return signing.response ? signAt(inner, root, signing) : inner
}

function signAt(xml: string, target: string, signing: Signing): string {
  const key = signing.key ?? provider
  const signature = new SignedXml({
    privateKey: key.privateKey,
    ...(signing.certificate !== null && { publicCert: signing.certificate ?? key.certificate }),
    signatureAlgorithm: signing.signature ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: signing.canonicalization ?? exclusive,
  })
  signature.addReference({
    xpath: target,
    transforms: signing.transforms ?? [enveloped, exclusive],
    digestAlgorithm: signing.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signature.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${target}/*[local-name(.)='Issuer']`, action: 'after' },
  })
  return signature.getSignedXml()
}

export function base64(xml: string): string {
  return Buffer.from(xml, 'utf8').toString('base64')
}
