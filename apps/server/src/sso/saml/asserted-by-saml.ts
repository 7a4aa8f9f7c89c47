import { readValues } from '@keyholder/core'
import type { AssertedIdentity } from '../asserted-identity.ts'
import type { ServiceProvider } from './parties.ts'
import { valuesOf, type SamlIdentity } from './saml-identity.ts'
import { subjectKey } from './subject-key.ts'

/** By which names identity providers send an address: the plain one, LDAP's, and that of Microsoft's claims. */
const addresses = [
  'email',
  'mail',
  'emailaddress',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'urn:oid:1.2.840.113549.1.9.1',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
]
const names = [
  'displayName',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.microsoft.com/identity/claims/displayname',
  'cn',
  'urn:oid:2.5.4.3',
  'name',
]
const givenNames = [
  'givenName',
  'firstName',
  'urn:oid:2.5.4.42',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
]
const surnames = [
  'sn',
  'surname',
  'lastName',
  'urn:oid:2.5.4.4',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
]

const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** What both protocols tell of somebody, from a SAML assertion; whoever signs it vouches for the address in it. */
export function assertedBySaml(
  identity: SamlIdentity,
  issuer: string,
  service: ServiceProvider,
): AssertedIdentity {
  const { subject, authnContext } = identity
  return {
    subject: subjectKey(subject, issuer, service),
    email: one(identity, addresses) ?? (subject.format === emailFormat ? subject.value : undefined),
    emailVerified: true,
    name: one(identity, names) ?? fullName(identity),
    attributes: attributesOf(identity),
    authenticatedAt: identity.authenticatedAt,
    methods: authnContext ? [authnContext] : [],
  }
}

function one(identity: SamlIdentity, candidates: readonly string[]): string | undefined {
  return candidates.map((name) => valuesOf(identity, name)?.[0]?.trim()).find((value) => value)
}

function fullName(identity: SamlIdentity): string | undefined {
  const parts = [one(identity, givenNames), one(identity, surnames)].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' ') : undefined
}

/** Each attribute by its name, and by its friendly name where no other has that for its name. */
function attributesOf(identity: SamlIdentity): AssertedIdentity['attributes'] {
  const found = new Map<string, readonly string[]>()
  for (const name of identity.attributes.flatMap(({ name, friendlyName }) => [name, friendlyName ?? name])) {
    const values = readValues(valuesOf(identity, name) ?? [])
    if (values) found.set(name, values)
  }
  return found
}
