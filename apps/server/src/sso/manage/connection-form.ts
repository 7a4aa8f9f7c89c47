import type { StoredSsoConnection } from '@keyholder/storage'
import { redirectUriOf } from '../oidc/oidc-provider.ts'
import { readCertificate } from '../saml/idp-certificate.ts'
import { serviceProviderOf } from '../saml/parties.ts'

/** A connection as the API shows it; nothing secret of it is. */
export function connectionForm(publicUrl: string, connection: StoredSsoConnection) {
  const { id, name, status, defaultRole, createdAt } = connection
  return {
    id,
    name,
    status,
    provider: providerForm(publicUrl, connection),
    default_role: defaultRole ?? null,
    created_at: createdAt.toISOString(),
  }
}

function providerForm(publicUrl: string, { id, provider, sealedSecret }: StoredSsoConnection) {
  if (provider.kind === 'oidc') {
    return {
      kind: provider.kind,
      issuer: provider.issuer,
      client_id: provider.clientId,
      has_client_secret: sealedSecret !== undefined,
      scopes: [...provider.scopes],
      redirect_uri: redirectUriOf(publicUrl, id),
    }
  }
  const service = serviceProviderOf(publicUrl, id)
  return {
    kind: provider.kind,
    entity_id: provider.entityId,
    sign_on_url: provider.signOnUrl,
    certificates: certificateForms(provider.certificates),
    wants_signed_requests: provider.wantsSignedRequests,
    service: { entity_id: service.entityId, acs_url: service.acsUrl, metadata_url: service.entityId },
  }
}

/** Certificates as people compare them. */
export function certificateForms(certificates: readonly string[]) {
  return certificates.flatMap((pem) => {
    const read = readCertificate(pem)
    return read.ok
      ? [{ fingerprint: read.value.fingerprint, valid_until: read.value.validUntil.toISOString() }]
      : []
  })
}

/** What the log tells of a connection. */
export function toldOfConnection({
  name,
  provider,
  defaultRole,
}: Pick<StoredSsoConnection, 'name' | 'provider' | 'defaultRole'>) {
  const shown =
    provider.kind === 'oidc'
      ? {
          kind: provider.kind,
          issuer: provider.issuer,
          client_id: provider.clientId,
          scopes: [...provider.scopes],
        }
      : {
          kind: provider.kind,
          entity_id: provider.entityId,
          sign_on_url: provider.signOnUrl,
          certificates: certificateForms(provider.certificates).map(({ fingerprint }) => fingerprint),
          wants_signed_requests: provider.wantsSignedRequests,
        }
  return { name, provider: shown, default_role: defaultRole ?? null }
}
