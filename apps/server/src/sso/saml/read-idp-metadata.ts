import type { Result } from '@keyholder/core'
import { readIdpFields, unusable, type IdpRefusal, type IdpSettings } from './idp-settings.ts'
import { instantOf } from './instant.ts'
import type { XmlFault } from './strict-xml.ts'
import { childrenOf, readXml, type XmlElement } from './xml-document.ts'

const limits = { characters: 500_000, depth: 24, elements: 10_000, comments: true }

const saml2 = 'urn:oasis:names:tc:SAML:2.0:protocol'
const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

const sentences: Readonly<Record<XmlFault, string>> = {
  too_large: 'The metadata is longer than 500,000 characters. Give that of your identity provider alone.',
  too_deep: 'The metadata is nested deeper than any metadata need be.',
  too_many_elements: 'The metadata has too many elements. Give that of your identity provider alone.',
  document_type: 'The metadata declares a document type. Remove everything that begins with `<!DOCTYPE`.',
  entity: 'The metadata uses an entity that XML does not know by itself. Write the character instead.',
  comment: 'The metadata has a comment that does not end.',
  character_data_section: 'The metadata has a CDATA section. Write its text without one.',
  processing_instruction:
    'The metadata has a processing instruction. Remove what stands between `<?` and `?>`.',
  character: 'The metadata has a character that XML does not allow.',
  not_well_formed: 'The metadata is not well-formed XML. Download it from the identity provider again.',
  not_one_root:
    'The metadata must be one XML document with one root. Download it from the identity provider again.',
}

/**
 * Reads an identity provider from its SAML 2.0 metadata.
 *
 * Nothing in it is believed because it is signed: an administrator vouches for it by giving it, or the connection
 * over which it was fetched.
 */
export function readIdpMetadata(text: string, now: Date): Result<IdpSettings, IdpRefusal> {
  const document = readXml(text.replace(/^\uFEFF/, '').trim(), limits)
  if (!document.ok) return unusable(sentences[document.refusal])

  const root = document.value
  if (root.name === 'md:EntitiesDescriptor') {
    return unusable('The metadata describes several parties. Give that of your identity provider alone.')
  }
  const [role, another] = childrenOf(root, 'md:IDPSSODescriptor').filter(speaksSaml2)
  if (root.name !== 'md:EntityDescriptor' || role === undefined) {
    return unusable(
      'This is not the metadata of a SAML 2.0 identity provider. Look for one with `IDPSSODescriptor`.',
    )
  }
  if (another) return unusable('The metadata describes two identity providers. Give one alone.')
  return readRole(root, role, now)
}

function speaksSaml2(role: XmlElement): boolean {
  return (role.attributes.get('protocolSupportEnumeration') ?? '').split(/\s+/).includes(saml2)
}

function readRole(root: XmlElement, role: XmlElement, now: Date): Result<IdpSettings, IdpRefusal> {
  const signOn = childrenOf(role, 'md:SingleSignOnService').find(
    ({ attributes }) => attributes.get('Binding') === redirect,
  )
  if (signOn === undefined) {
    return unusable(
      'The identity provider takes no requests by redirect. Switch on the binding `HTTP-Redirect`.',
    )
  }
  const ends = [root, role].flatMap(({ attributes }) => attributes.get('validUntil') ?? [])
  const validUntil = ends.map(instantOf)
  if (validUntil.includes(undefined))
    return unusable('The metadata has a `validUntil` that is not a time in UTC.')

  return readIdpFields(
    {
      entityId: root.attributes.get('entityID') ?? '',
      signOnUrl: signOn.attributes.get('Location') ?? '',
      certificates: signingCertificates(role),
      wantsSignedRequests: ['true', '1'].includes(role.attributes.get('WantAuthnRequestsSigned') ?? ''),
      validUntil: validUntil.filter((end) => end !== undefined).sort((a, b) => a.getTime() - b.getTime())[0],
    },
    now,
  )
}

/** A key without a named use is for signing too. */
function signingCertificates(role: XmlElement): readonly string[] {
  return childrenOf(role, 'md:KeyDescriptor')
    .filter(({ attributes }) => (attributes.get('use') ?? 'signing') === 'signing')
    .flatMap((key) => childrenOf(key, 'ds:KeyInfo'))
    .flatMap((info) => childrenOf(info, 'ds:X509Data'))
    .flatMap((data) => childrenOf(data, 'ds:X509Certificate'))
    .map(({ text }) => text)
}
