import type { ServiceProvider } from './parties.ts'
import { element } from './write-xml.ts'

const bindings = 'urn:oasis:names:tc:SAML:2.0:bindings'

/**
 * What an identity provider must know of us, for one connection: where answers go, that assertions are to be signed,
 * and the certificates of our own requests where they are signed. While a key is being replaced, both stand here.
 *
 * There is no key for encryption: whoever reads this sends assertions that we can check as they are.
 */
export function spMetadata(service: ServiceProvider, certificates: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'md:EntityDescriptor',
    { 'xmlns:md': 'urn:oasis:names:tc:SAML:2.0:metadata', entityID: service.entityId },
    element(
      'md:SPSSODescriptor',
      {
        AuthnRequestsSigned: String(certificates.length > 0),
        WantAssertionsSigned: 'true',
        protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
      },
      ...certificates.map(keyDescriptor),
      element('md:AssertionConsumerService', {
        index: '0',
        isDefault: 'true',
        Binding: `${bindings}:HTTP-POST`,
        Location: service.acsUrl,
      }),
    ),
  )}\n`
}

function keyDescriptor(pem: string): string {
  const base64 = pem.replace(/-----[A-Z ]+-----|\s/g, '')
  return element(
    'md:KeyDescriptor',
    { use: 'signing' },
    element(
      'ds:KeyInfo',
      { 'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#' },
      element('ds:X509Data', {}, element('ds:X509Certificate', {}, base64)),
    ),
  )
}
