import { refuse, succeed, type Result, type SsoConnectionId, type SsoProvider } from '@keyholder/core'
import type { Sealing } from '../../sealing/sealing.ts'
import { makeKeyPair } from '../saml/key-pair.ts'
import { serviceProviderOf } from '../saml/parties.ts'
import { sealRequestKey } from '../saml/request-key.ts'
import type { ReadProvider } from './wanted-provider.ts'

/** What Keyholder proves itself with to a provider: a client's secret, or a key of this connection's own. */
export async function newProviderSecret(
  { sealing, publicUrl }: { readonly sealing: Sealing; readonly publicUrl: string },
  id: SsoConnectionId,
  { provider, clientSecret }: ReadProvider,
  now: Date,
): Promise<string | undefined> {
  if (provider.kind === 'saml') {
    return sealRequestKey(sealing, id, await makeKeyPair(serviceProviderOf(publicUrl, id).entityId, now))
  }
  return clientSecret ? sealing.seal(clientSecret, { purpose: 'sso_client_secret', owner: id }) : undefined
}

/** The secret that a changed provider has: the one that is kept, unless another came, or none. */
export async function changedSecret(
  sealing: Sealing,
  id: SsoConnectionId,
  before: { readonly provider: SsoProvider; readonly sealedSecret?: string | undefined },
  { provider, clientSecret }: ReadProvider,
): Promise<Result<string | undefined, { readonly code: 'sso_secret_missing' }>> {
  if (provider.kind === 'saml') return succeed(before.sealedSecret)
  if (clientSecret)
    return succeed(await sealing.seal(clientSecret, { purpose: 'sso_client_secret', owner: id }))
  if (clientSecret === null) return succeed(undefined)

  const isSameClient = before.provider.kind === 'oidc' && before.provider.clientId === provider.clientId
  return isSameClient || before.sealedSecret === undefined
    ? succeed(before.sealedSecret)
    : refuse({ code: 'sso_secret_missing' })
}
