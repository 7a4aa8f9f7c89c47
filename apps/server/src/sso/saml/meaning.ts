import type { IdentityProvider, ServiceProvider } from './parties.ts'
import { instantOf } from './instant.ts'
import { childOf, childrenOf, type XmlElement } from './xml-document.ts'

export type MeaningFault =
  | 'version'
  | 'issuer'
  | 'destination'
  | 'in_response_to'
  | 'audience'
  | 'confirmation'
  | 'recipient'
  | 'not_yet'
  | 'too_late'
  | 'instant'

/** What an answer must fit: who may give it, to whom, to which request, and when. */
export interface Expected {
  readonly provider: Pick<IdentityProvider, 'entityId' | 'certificates'>
  readonly service: ServiceProvider
  readonly requestId: string
  /** The database's time. */
  readonly now: Date
}

/** How far the identity provider's clock may be from ours. */
const SKEW_MS = 60_000

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const entity = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity'

/** What is wrong with the envelope. It need not be signed, so that it can only take away, never add. */
export function envelopeFault(response: XmlElement, expected: Expected): MeaningFault | undefined {
  const issuer = childOf(response, 'saml:Issuer')
  const destination = response.attributes.get('Destination')
  const isSigned = childOf(response, 'ds:Signature') !== undefined

  if (response.attributes.get('Version') !== '2.0') return 'version'
  if (issuer && !isIssuer(issuer, expected)) return 'issuer'
  if (destination === undefined ? isSigned : destination !== expected.service.acsUrl) return 'destination'
  if (response.attributes.get('InResponseTo') !== expected.requestId) return 'in_response_to'
  return issuedFault(response, expected.now)
}

/** What is wrong with the assertion, read from what the signature covers. */
export function assertionFault(assertion: XmlElement, expected: Expected): MeaningFault | undefined {
  const issuer = childOf(assertion, 'saml:Issuer')
  if (assertion.attributes.get('Version') !== '2.0') return 'version'
  if (!issuer || !isIssuer(issuer, expected)) return 'issuer'
  return (
    issuedFault(assertion, expected.now) ??
    conditionsFault(assertion, expected) ??
    confirmationsFault(assertion, expected) ??
    statementFault(assertion, expected.now)
  )
}

function isIssuer(issuer: XmlElement, expected: Expected): boolean {
  return issuer.text === expected.provider.entityId && (issuer.attributes.get('Format') ?? entity) === entity
}

function issuedFault(element: XmlElement, now: Date): MeaningFault | undefined {
  const issued = instantOf(element.attributes.get('IssueInstant'))
  if (issued === undefined) return 'instant'
  return issued.getTime() > now.getTime() + SKEW_MS ? 'not_yet' : undefined
}

function conditionsFault(assertion: XmlElement, expected: Expected): MeaningFault | undefined {
  const conditions = childOf(assertion, 'saml:Conditions')
  if (!conditions) return 'audience'
  const isForUs = childrenOf(conditions, 'saml:AudienceRestriction').every((restriction) =>
    childrenOf(restriction, 'saml:Audience').some(({ text }) => text === expected.service.entityId),
  )
  return isForUs ? windowFault(conditions, expected.now) : 'audience'
}

/** One confirmation by bearer that fits is enough, as the profile has it; the first fault is told where none does. */
function confirmationsFault(assertion: XmlElement, expected: Expected): MeaningFault | undefined {
  const subject = childOf(assertion, 'saml:Subject')
  const confirmations = subject ? childrenOf(subject, 'saml:SubjectConfirmation') : []
  const faults = confirmations.map((confirmation) => confirmationFault(confirmation, expected))
  return faults.includes(undefined) ? undefined : (faults[0] ?? 'confirmation')
}

function confirmationFault(confirmation: XmlElement, expected: Expected): MeaningFault | undefined {
  const data = childOf(confirmation, 'saml:SubjectConfirmationData')
  if (confirmation.attributes.get('Method') !== bearer || !data) return 'confirmation'
  if (data.attributes.get('Recipient') !== expected.service.acsUrl) return 'recipient'
  if (data.attributes.get('InResponseTo') !== expected.requestId) return 'in_response_to'
  return data.attributes.has('NotBefore') ? 'confirmation' : windowFault(data, expected.now)
}

/** An end is required, and a beginning holds where there is one. */
function windowFault(element: XmlElement, now: Date): MeaningFault | undefined {
  const [from, until] = [element.attributes.get('NotBefore'), element.attributes.get('NotOnOrAfter')]
  const [begin, end] = [instantOf(from), instantOf(until)]
  if (end === undefined || (from !== undefined && begin === undefined)) return 'instant'
  if (begin && begin.getTime() > now.getTime() + SKEW_MS) return 'not_yet'
  return end.getTime() <= now.getTime() - SKEW_MS ? 'too_late' : undefined
}

function statementFault(assertion: XmlElement, now: Date): MeaningFault | undefined {
  const statement = childOf(assertion, 'saml:AuthnStatement')
  const ends = statement?.attributes.get('SessionNotOnOrAfter')
  const [authenticated, end] = [instantOf(statement?.attributes.get('AuthnInstant')), instantOf(ends)]
  if (authenticated === undefined || (ends !== undefined && end === undefined)) return 'instant'
  if (authenticated.getTime() > now.getTime() + SKEW_MS) return 'not_yet'
  return end && end.getTime() <= now.getTime() - SKEW_MS ? 'too_late' : undefined
}
