import { createSign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { IdentityProvider, ServiceProvider } from './parties.ts'
import { element, escaped } from './write-xml.ts'

export interface SamlRequest {
  /** Names the request; the answer must name it again. Made by `newRequestId`, and kept until then. */
  readonly id: string
  /** Comes back with the answer as it is. A handle that means nothing to anybody else, never an address. */
  readonly relayState: string
  /** The database's time. */
  readonly now: Date
  /** Whether the person must prove who they are once more, though the identity provider knows them. */
  readonly forceAuthn: boolean
  /** As PEM, where requests are signed. */
  readonly privateKey: string | undefined
  /** The kind of name that is asked for; the identity provider chooses where nothing is said. */
  readonly nameIdFormat: string | undefined
}

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/** An id that XML takes for a name, and nobody guesses. */
export function newRequestId(random: Uint8Array): string {
  return `_${Buffer.from(random).toString('hex')}`
}

/** Where to send a browser so that the identity provider says who is there: the request, by redirect. */
export function samlRequest(
  provider: IdentityProvider,
  service: ServiceProvider,
  request: SamlRequest,
): string {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(request.relayState))
    throw new Error('A relay state is a handle of 80 characters')

  const message = deflateRawSync(authnRequest(provider, service, request)).toString('base64')
  const query = [`SAMLRequest=${encodeURIComponent(message)}`, `RelayState=${request.relayState}`]
  if (request.privateKey !== undefined) {
    query.push(`SigAlg=${encodeURIComponent(rsaSha256)}`)
    const signature = createSign('RSA-SHA256').update(query.join('&')).sign(request.privateKey, 'base64')
    query.push(`Signature=${encodeURIComponent(signature)}`)
  }
  return `${provider.signOnUrl}${provider.signOnUrl.includes('?') ? '&' : '?'}${query.join('&')}`
}

function authnRequest(provider: IdentityProvider, service: ServiceProvider, request: SamlRequest): string {
  return element(
    'samlp:AuthnRequest',
    {
      'xmlns:samlp': 'urn:oasis:names:tc:SAML:2.0:protocol',
      'xmlns:saml': 'urn:oasis:names:tc:SAML:2.0:assertion',
      ID: request.id,
      Version: '2.0',
      IssueInstant: request.now.toISOString(),
      Destination: provider.signOnUrl,
      ForceAuthn: request.forceAuthn ? 'true' : undefined,
      ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      AssertionConsumerServiceURL: service.acsUrl,
    },
    element('saml:Issuer', {}, escaped(service.entityId)),
    element('samlp:NameIDPolicy', { AllowCreate: 'true', Format: request.nameIdFormat }),
  )
}
