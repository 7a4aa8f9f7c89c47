import type { SsoProvider } from '@keyholder/core'
import type { StoredSsoConnection } from '@keyholder/storage'
import type { OidcProvider } from '../oidc/oidc-provider.ts'
import type { SsoDeps } from './sso-deps.ts'

/** A stored connection's provider, with its secret opened. */
export async function oidcProviderOf(
  { sealing }: Pick<SsoDeps, 'sealing'>,
  { id, sealedSecret }: StoredSsoConnection,
  { issuer, clientId, scopes }: Extract<SsoProvider, { kind: 'oidc' }>,
): Promise<OidcProvider> {
  const clientSecret =
    sealedSecret === undefined
      ? undefined
      : await sealing.open(sealedSecret, { purpose: 'sso_client_secret', owner: id })
  return { connection: id, issuer, clientId, clientSecret, scopes }
}
