import { refuse, succeed, type Result, type SsoProvider } from '@keyholder/core'
import type { BodyOf, createSsoConnection } from '@keyholder/contract'
import { unusable, readIdpFields, type IdpRefusal, type IdpSettings } from '../saml/idp-settings.ts'
import { readIdpMetadata } from '../saml/read-idp-metadata.ts'

type Wanted = BodyOf<typeof createSsoConnection>['provider']

/** A provider that can be used as it was given, and the secret that came with it: left out, the one that is kept stays. */
export interface ReadProvider {
  readonly provider: SsoProvider
  readonly clientSecret?: string | null | undefined
}

/** Reads a provider as an administrator gives it; refused with a sentence where it cannot be used. */
export function readWantedProvider(wanted: Wanted, now: Date): Result<ReadProvider, IdpRefusal> {
  if (wanted.kind === 'oidc') {
    const fault = issuerFault(wanted.issuer)
    if (fault !== undefined) return refuse({ code: 'identity_provider_unusable', detail: fault })
    const { issuer, client_id: clientId, client_secret: clientSecret, scopes } = wanted
    return succeed({ provider: { kind: 'oidc', issuer, clientId, scopes }, clientSecret })
  }
  const read =
    'metadata' in wanted
      ? readIdpMetadata(wanted.metadata, now)
      : readIdpFields(
          {
            entityId: wanted.entity_id,
            signOnUrl: wanted.sign_on_url,
            certificates: wanted.certificates,
            wantsSignedRequests: wanted.wants_signed_requests,
          },
          now,
        )
  return read.ok ? succeed({ provider: samlProvider(read.value) }) : read
}

function samlProvider({ entityId, signOnUrl, certificates, wantsSignedRequests }: IdpSettings): SsoProvider {
  return { kind: 'saml', entityId, signOnUrl, certificates, wantsSignedRequests }
}

/** What identifies a provider stays; another one is another connection, because people are known by it. */
export function identityFault(before: SsoProvider, after: SsoProvider): Result<undefined, IdpRefusal> {
  const nameOf = (provider: SsoProvider) =>
    provider.kind === 'oidc' ? `oidc ${provider.issuer}` : `saml ${provider.entityId}`
  return nameOf(before) === nameOf(after)
    ? succeed(undefined)
    : unusable('This is another identity provider. Set it up as a connection of its own.')
}

/** Whether the provider loses a certificate: it may be lost because somebody else has its key. */
export function losesCertificate(before: SsoProvider, after: SsoProvider): boolean {
  const certificatesOf = (provider: SsoProvider) => (provider.kind === 'saml' ? provider.certificates : [])
  const kept = new Set(certificatesOf(after))
  return certificatesOf(before).some((certificate) => !kept.has(certificate))
}

/** Whether it is one the server may talk to is for the way outside to say, when it is asked. */
function issuerFault(issuer: string): string | undefined {
  const url = /^[\x21-\x7e]+$/.test(issuer) && URL.canParse(issuer) ? new URL(issuer) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return 'The issuer must be an address that begins with https://. Copy it from the identity provider.'
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'The issuer must be plain, without a name, a password, a query or a fragment.'
  }
  return undefined
}
