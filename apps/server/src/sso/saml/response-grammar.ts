import type { XmlElement } from './xml-document.ts'

/** What an element may carry: its attributes, and how many of which children. `text` says that its text is read. */
interface Rule {
  readonly attributes?: readonly string[]
  readonly children?: Readonly<Record<string, readonly [least: number, most: number]>>
  readonly text?: true
}

const name = ['Format', 'NameQualifier', 'SPNameQualifier', 'SPProvidedID'] as const
const text = { text: true } as const
const algorithm = ['Algorithm'] as const
const one = [1, 1] as const
const perhaps = [0, 1] as const

/**
 * All that a response may be made of. What is not in this table is refused, wherever it stands, so that there is
 * nowhere to hide a second assertion or a second signature: no extensions, no advice, no objects within signatures.
 */
const grammar: Readonly<Record<string, Rule>> = {
  'samlp:Response': {
    attributes: ['ID', 'Version', 'IssueInstant', 'Destination', 'Consent', 'InResponseTo'],
    children: { 'saml:Issuer': perhaps, 'ds:Signature': perhaps, 'samlp:Status': one, 'saml:Assertion': one },
  },
  'samlp:Status': { children: { 'samlp:StatusCode': one, 'samlp:StatusMessage': perhaps } },
  'samlp:StatusCode': { attributes: ['Value'] },
  'samlp:StatusMessage': text,

  'saml:Assertion': {
    attributes: ['ID', 'Version', 'IssueInstant'],
    children: {
      'saml:Issuer': one,
      'ds:Signature': perhaps,
      'saml:Subject': one,
      'saml:Conditions': one,
      'saml:AuthnStatement': one,
      'saml:AttributeStatement': [0, 8],
    },
  },
  'saml:Issuer': { attributes: name, ...text },
  'saml:Subject': { children: { 'saml:NameID': one, 'saml:SubjectConfirmation': [1, 8] } },
  'saml:NameID': { attributes: name, ...text },
  'saml:SubjectConfirmation': {
    attributes: ['Method'],
    children: { 'saml:SubjectConfirmationData': perhaps },
  },
  'saml:SubjectConfirmationData': {
    attributes: ['NotBefore', 'NotOnOrAfter', 'Recipient', 'InResponseTo', 'Address'],
  },
  'saml:Conditions': {
    attributes: ['NotBefore', 'NotOnOrAfter'],
    children: {
      'saml:AudienceRestriction': [1, 8],
      'saml:OneTimeUse': perhaps,
      'saml:ProxyRestriction': perhaps,
    },
  },
  'saml:AudienceRestriction': { children: { 'saml:Audience': [1, 32] } },
  'saml:ProxyRestriction': { attributes: ['Count'], children: { 'saml:Audience': [0, 32] } },
  'saml:OneTimeUse': {},
  'saml:Audience': text,
  'saml:AuthnStatement': {
    attributes: ['AuthnInstant', 'SessionIndex', 'SessionNotOnOrAfter'],
    children: { 'saml:SubjectLocality': perhaps, 'saml:AuthnContext': one },
  },
  'saml:SubjectLocality': { attributes: ['Address', 'DNSName'] },
  'saml:AuthnContext': {
    children: {
      'saml:AuthnContextClassRef': perhaps,
      'saml:AuthnContextDeclRef': perhaps,
      'saml:AuthenticatingAuthority': [0, 8],
    },
  },
  'saml:AuthnContextClassRef': text,
  'saml:AuthnContextDeclRef': text,
  'saml:AuthenticatingAuthority': text,
  'saml:AttributeStatement': { children: { 'saml:Attribute': [1, 500] } },
  'saml:Attribute': {
    attributes: ['Name', 'NameFormat', 'FriendlyName'],
    children: { 'saml:AttributeValue': [0, 5000] },
  },
  'saml:AttributeValue': { children: { 'saml:NameID': perhaps }, ...text },

  'ds:Signature': {
    attributes: ['Id'],
    children: { 'ds:SignedInfo': one, 'ds:SignatureValue': one, 'ds:KeyInfo': perhaps },
  },
  'ds:SignedInfo': {
    attributes: ['Id'],
    children: { 'ds:CanonicalizationMethod': one, 'ds:SignatureMethod': one, 'ds:Reference': one },
  },
  'ds:CanonicalizationMethod': { attributes: algorithm, children: { 'ec:InclusiveNamespaces': perhaps } },
  'ds:SignatureMethod': { attributes: algorithm },
  'ds:Reference': {
    attributes: ['URI'],
    children: { 'ds:Transforms': one, 'ds:DigestMethod': one, 'ds:DigestValue': one },
  },
  'ds:Transforms': { children: { 'ds:Transform': [2, 2] } },
  'ds:Transform': { attributes: algorithm, children: { 'ec:InclusiveNamespaces': perhaps } },
  'ec:InclusiveNamespaces': { attributes: ['PrefixList'] },
  'ds:DigestMethod': { attributes: algorithm },
  'ds:DigestValue': text,
  'ds:SignatureValue': { attributes: ['Id'], ...text },
  'ds:KeyInfo': {
    attributes: ['Id'],
    children: { 'ds:X509Data': [0, 4], 'ds:KeyName': [0, 4], 'ds:KeyValue': perhaps },
  },
  'ds:X509Data': {
    children: {
      'ds:X509Certificate': [0, 8],
      'ds:X509IssuerSerial': [0, 8],
      'ds:X509SubjectName': [0, 8],
      'ds:X509SKI': [0, 8],
    },
  },
  'ds:X509IssuerSerial': { children: { 'ds:X509IssuerName': one, 'ds:X509SerialNumber': one } },
  'ds:KeyValue': { children: { 'ds:RSAKeyValue': one } },
  'ds:RSAKeyValue': { children: { 'ds:Modulus': one, 'ds:Exponent': one } },
  'ds:X509Certificate': text,
  'ds:X509IssuerName': text,
  'ds:X509SerialNumber': text,
  'ds:X509SubjectName': text,
  'ds:X509SKI': text,
  'ds:KeyName': text,
  'ds:Modulus': text,
  'ds:Exponent': text,
}

/** Whether an element, and all in it, is made of nothing but what the table names. */
export function conforms(element: XmlElement): boolean {
  const rule = grammar[element.name]
  if (rule === undefined) return false
  return (
    [...element.attributes.keys()].every((attribute) => rule.attributes?.includes(attribute)) &&
    !element.foreignAttributes.some(isLikeAnId) &&
    hasOnly(element, rule.children ?? {}) &&
    (rule.text === true || element.text.trim() === '') &&
    element.children.every(conforms)
  )
}

function hasOnly(element: XmlElement, children: NonNullable<Rule['children']>): boolean {
  return (
    element.children.every((child) => Object.hasOwn(children, child.name)) &&
    Object.entries(children).every(([name, [least, most]]) => {
      const count = element.children.filter((child) => child.name === name).length
      return count >= least && count <= most
    })
  )
}

/** `xml:id` and its like name an element for some readers and for others not. */
function isLikeAnId(attribute: string): boolean {
  return /(^| |:)id$/i.test(attribute)
}
