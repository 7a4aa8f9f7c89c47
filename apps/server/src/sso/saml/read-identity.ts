import { refuse, succeed, type Result } from '@keyholder/core'
import { instantOf } from './instant.ts'
import type { SamlAttribute, SamlIdentity, SamlSubject } from './saml-identity.ts'
import { childOf, childrenOf, type XmlElement } from './xml-document.ts'

export type SubjectFault = 'subject' | 'transient_subject'

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

/** Reads who signed in from an assertion that was verified, conforms to the grammar and means what it must. */
export function readIdentity(assertion: XmlElement): Result<SamlIdentity, SubjectFault> {
  const subject = subjectOf(assertion)
  if (subject === undefined) return refuse('subject')
  if (subject.format === transient) return refuse('transient_subject')

  const statement = childOf(assertion, 'saml:AuthnStatement')
  const context = statement && childOf(statement, 'saml:AuthnContext')
  return succeed({
    subject,
    assertionId: assertion.attributes.get('ID') ?? '',
    notOnOrAfter: latestEnd(assertion),
    authenticatedAt: instantOf(statement?.attributes.get('AuthnInstant')) ?? new Date(0),
    sessionIndex: statement?.attributes.get('SessionIndex'),
    sessionEndsAt: instantOf(statement?.attributes.get('SessionNotOnOrAfter')),
    authnContext: context && childOf(context, 'saml:AuthnContextClassRef')?.text.trim(),
    attributes: attributesOf(assertion),
  })
}

/**
 * The name is taken to the letter: one with blanks around it, or with characters that nobody sees, is refused
 * instead of tidied, so that two names never become one person.
 */
function subjectOf(assertion: XmlElement): SamlSubject | undefined {
  const subject = childOf(assertion, 'saml:Subject')
  const name = subject && childOf(subject, 'saml:NameID')
  const value = name?.text ?? ''
  if (!name || value.length === 0 || value.length > 256 || value !== value.trim() || /[\p{C}]/u.test(value)) {
    return undefined
  }
  return {
    value,
    format: name.attributes.get('Format') ?? unspecified,
    nameQualifier: name.attributes.get('NameQualifier'),
    spNameQualifier: name.attributes.get('SPNameQualifier'),
  }
}

/** The last moment at which any part of the assertion could still be presented. */
function latestEnd(assertion: XmlElement): Date {
  const subject = childOf(assertion, 'saml:Subject')
  const confirmations = subject ? childrenOf(subject, 'saml:SubjectConfirmation') : []
  const bounded = [
    ...childrenOf(assertion, 'saml:Conditions'),
    ...confirmations.flatMap((confirmation) => childrenOf(confirmation, 'saml:SubjectConfirmationData')),
  ]
  const ends = bounded.map((element) => instantOf(element.attributes.get('NotOnOrAfter'))?.getTime() ?? 0)
  return new Date(Math.max(...ends))
}

function attributesOf(assertion: XmlElement): readonly SamlAttribute[] {
  return childrenOf(assertion, 'saml:AttributeStatement')
    .flatMap((statement) => childrenOf(statement, 'saml:Attribute'))
    .map((attribute) => ({
      name: attribute.attributes.get('Name') ?? '',
      friendlyName: attribute.attributes.get('FriendlyName'),
      values: childrenOf(attribute, 'saml:AttributeValue').map(valueOf),
    }))
}

function valueOf(value: XmlElement): string {
  return (childOf(value, 'saml:NameID')?.text ?? value.text).trim()
}
