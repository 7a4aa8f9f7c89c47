import { X509Certificate } from 'node:crypto'
import { refuse, succeed, type Result } from '@keyholder/core'
import { assertionFault, envelopeFault, type Expected, type MeaningFault } from './meaning.ts'
import { readIdentity, type SubjectFault } from './read-identity.ts'
import { conforms } from './response-grammar.ts'
import type { SamlIdentity } from './saml-identity.ts'
import { signatureFault, type SignatureFault } from './signature-shape.ts'
import type { XmlFault } from './strict-xml.ts'
import { verifiedAssertion } from './verify-signatures.ts'
import { childOf, readXml, type XmlElement } from './xml-document.ts'

/** One refusal for whatever is wrong; the reason is for the log alone and never for whoever posted the answer. */
export interface SamlRefusal {
  readonly code: 'sso_refused'
  readonly reason:
    | XmlFault
    | SignatureFault
    | MeaningFault
    | SubjectFault
    | 'not_base64'
    | 'not_utf8'
    | 'not_a_response'
    | 'not_successful'
    | 'structure'
    | 'not_verified'
  /** What the identity provider said of its refusal, or node-saml of the signature. */
  readonly detail?: string
}

const limits = { characters: 262_144, depth: 16, elements: 10_000, comments: false }

/** Room for the text in base64, with line ends. */
const LONGEST_RESPONSE = 370_000

const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/**
 * Reads who signed in from the answer of an identity provider, as it was posted.
 *
 * Refused is everything that is not one signed assertion, in answer to this very request, from this identity
 * provider, for this connection and for now; and the identity is read only from the bytes that were signed.
 */
export async function readSamlResponse(
  posted: string,
  expected: Expected,
): Promise<Result<SamlIdentity, SamlRefusal>> {
  const xml = decode(posted)
  if (!xml.ok) return refused(xml.refusal)

  const read = readXml(xml.value, limits)
  if (!read.ok) return refused(read.refusal)
  const response = read.value

  const fault = outwardFault(response, expected)
  if (fault !== undefined) return refused(fault.reason, fault.detail)

  const verified = await verifiedAssertion(xml.value, signaturesOf(response), expected)
  return verified.ok ? readVerified(verified.value, expected) : refused('not_verified', verified.refusal)
}

/** Everything from here on is read from what was signed. */
function readVerified(xml: string, expected: Expected): Result<SamlIdentity, SamlRefusal> {
  const assertion = readXml(xml, limits)
  if (!assertion.ok) return refused(assertion.refusal)
  if (assertion.value.name !== 'saml:Assertion' || !conforms(assertion.value)) return refused('structure')

  const fault = assertionFault(assertion.value, expected)
  if (fault !== undefined) return refused(fault)

  const identity = readIdentity(assertion.value)
  return identity.ok ? identity : refused(identity.refusal)
}

/** What is wrong before a single signature is computed. */
function outwardFault(
  response: XmlElement,
  expected: Expected,
): Pick<SamlRefusal, 'reason' | 'detail'> | undefined {
  if (response.name !== 'samlp:Response') return { reason: 'not_a_response' }

  const status = statusOf(response)
  if (status !== success) return { reason: 'not_successful', detail: status }
  if (!conforms(response)) return { reason: 'structure' }

  const trusted = expected.provider.certificates.map((pem) => new X509Certificate(pem))
  const reason = signatureFault(response, trusted) ?? envelopeFault(response, expected)
  return reason && { reason }
}

/** The most particular word for how it went. */
function statusOf(response: XmlElement): string {
  const status = childOf(response, 'samlp:Status')
  const code = status && childOf(status, 'samlp:StatusCode')
  const value = (code && childOf(code, 'samlp:StatusCode')) ?? code
  return value?.attributes.get('Value') ?? 'no status'
}

function signaturesOf(response: XmlElement): { readonly response: boolean; readonly assertion: boolean } {
  const assertion = childOf(response, 'saml:Assertion')
  return {
    response: childOf(response, 'ds:Signature') !== undefined,
    assertion: assertion !== undefined && childOf(assertion, 'ds:Signature') !== undefined,
  }
}

function decode(posted: string): Result<string, 'too_large' | 'not_base64' | 'not_utf8'> {
  if (posted.length > LONGEST_RESPONSE) return refuse('too_large')
  const base64 = posted.replace(/[ \t\r\n]/g, '')
  if (base64.length === 0 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return refuse('not_base64')
  }
  try {
    return succeed(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64')))
  } catch {
    return refuse('not_utf8')
  }
}

function refused(
  reason: SamlRefusal['reason'],
  detail?: string,
): { readonly ok: false; readonly refusal: SamlRefusal } {
  return refuse({
    code: 'sso_refused',
    reason,
    ...(detail !== undefined && { detail: detail.slice(0, 200) }),
  })
}
