import { X509Certificate } from 'node:crypto'
import { childOf, childrenOf, type XmlElement } from './xml-document.ts'

export type SignatureFault =
  | 'unsigned'
  | 'ids'
  | 'reference'
  | 'canonicalization'
  | 'transforms'
  | 'signature_algorithm'
  | 'digest_algorithm'
  | 'foreign_key'

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

const signatureAlgorithms = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
]
const digestAlgorithms = [
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
]

/**
 * What is wrong with the signatures of a response that conforms to the grammar, before anything is computed.
 *
 * Each covers the very element that it stands in, by an id that nothing else bears, in one canonical form, with
 * SHA-256 or better; and where it names a certificate, the key is one of the connection's.
 */
export function signatureFault(
  response: XmlElement,
  trusted: readonly X509Certificate[],
): SignatureFault | undefined {
  if (!hasProperIds(response)) return 'ids'
  const signed = [response, ...childrenOf(response, 'saml:Assertion')].flatMap((element) =>
    childrenOf(element, 'ds:Signature').map((signature) => ({ element, signature })),
  )
  if (signed.length === 0) return 'unsigned'
  return signed.map(({ element, signature }) => faultOf(element, signature, trusted)).find((fault) => fault)
}

function faultOf(
  element: XmlElement,
  signature: XmlElement,
  trusted: readonly X509Certificate[],
): SignatureFault | undefined {
  const info = childOf(signature, 'ds:SignedInfo')
  const reference = info && childOf(info, 'ds:Reference')
  const transforms = reference && childOf(reference, 'ds:Transforms')
  if (!info || !reference || !transforms) return 'reference'

  if (reference.attributes.get('URI') !== `#${element.attributes.get('ID')}`) return 'reference'
  if (algorithmOf(info, 'ds:CanonicalizationMethod') !== exclusive) return 'canonicalization'
  if (!areTheUsualTransforms(transforms)) return 'transforms'
  if (!signatureAlgorithms.includes(algorithmOf(info, 'ds:SignatureMethod'))) return 'signature_algorithm'
  if (!digestAlgorithms.includes(algorithmOf(reference, 'ds:DigestMethod'))) return 'digest_algorithm'
  return namesForeignKey(signature, trusted) ? 'foreign_key' : undefined
}

function algorithmOf(element: XmlElement, child: string): string {
  return childOf(element, child)?.attributes.get('Algorithm') ?? ''
}

/** The signature is left out of what it signs, the rest is brought into one form, and in this order. */
function areTheUsualTransforms(transforms: XmlElement): boolean {
  const [first, second] = childrenOf(transforms, 'ds:Transform')
  return (
    first?.attributes.get('Algorithm') === enveloped &&
    first.children.length === 0 &&
    second?.attributes.get('Algorithm') === exclusive
  )
}

function hasProperIds(response: XmlElement): boolean {
  const ids = idsOf(response)
  const named = [response, ...childrenOf(response, 'saml:Assertion')]
  if (!named.every(({ attributes }) => attributes.has('ID'))) return false
  return new Set(ids).size === ids.length && ids.every((id) => /^[A-Za-z_][A-Za-z0-9_.-]{0,255}$/.test(id))
}

function idsOf(element: XmlElement): readonly string[] {
  const own = [...element.attributes].filter(([name]) => /^id$/i.test(name)).map(([, value]) => value)
  return [...own, ...element.children.flatMap(idsOf)]
}

/**
 * The key that checks a signature is never taken from the response. One that comes with a certificate of nobody we
 * know is refused all the same: it says itself that it was made by somebody else.
 */
function namesForeignKey(signature: XmlElement, trusted: readonly X509Certificate[]): boolean {
  const given = childrenOf(signature, 'ds:KeyInfo')
    .flatMap((info) => childrenOf(info, 'ds:X509Data'))
    .flatMap((data) => childrenOf(data, 'ds:X509Certificate'))
  return given.length > 0 && !given.some(({ text }) => isTrusted(text, trusted))
}

function isTrusted(base64: string, trusted: readonly X509Certificate[]): boolean {
  try {
    const { publicKey } = new X509Certificate(Buffer.from(base64, 'base64'))
    return trusted.some((certificate) => certificate.publicKey.equals(publicKey))
  } catch {
    return false
  }
}
