import {
  refuse,
  succeed,
  type Result,
  type SessionId,
  type SsoIntent,
  type SsoProvider,
} from '@keyholder/core'
import {
  databaseTime,
  insertSsoFlow,
  longestFlow,
  transaction,
  type StoredSsoConnection,
} from '@keyholder/storage'
import { flowCookie } from '../../session/cookies.ts'
import { beginOidc } from '../oidc/begin-oidc.ts'
import { flowOf } from '../oidc/oidc-flow.ts'
import { redirectUriOf } from '../oidc/oidc-provider.ts'
import { serviceProviderOf } from '../saml/parties.ts'
import { openRequestKey } from '../saml/request-key.ts'
import { samlRequest } from '../saml/saml-request.ts'
import { flowSecretHash, newFlowSecret, newSamlRequestId } from './flow-secret.ts'
import { oidcProviderOf } from './oidc-provider-of.ts'
import { returnPath } from './return-to.ts'
import type { SsoDeps } from './sso-deps.ts'

/** Why somebody sets out, and where they want to be afterwards. */
export interface Errand {
  readonly intent: SsoIntent
  /** The session that is linked or proven. */
  readonly session?: SessionId | undefined
  readonly returnTo?: string | undefined
  readonly loginHint?: string | undefined
}

/** Where the browser goes now, and the header with the cookie that it takes along. */
export interface Departure {
  readonly url: string
  readonly cookie: string
}

/** Sends a browser to the identity provider of a connection that is in use. */
export async function beginFlow(
  deps: SsoDeps,
  connection: StoredSsoConnection,
  errand: Errand,
): Promise<Result<Departure, { readonly code: 'sso_unavailable' }>> {
  if (connection.status !== 'active') return refuse({ code: 'sso_unavailable' })
  const { provider } = connection
  const secret = newFlowSecret()
  const requestId = provider.kind === 'saml' ? newSamlRequestId() : undefined
  const now = await keepFlow(deps, connection, errand, { secret, requestId })
  const url =
    provider.kind === 'saml'
      ? await samlAddress(deps, connection, provider, { ...errand, requestId: requestId ?? '', now })
      : await oidcAddress(deps, connection, provider, { ...errand, secret })
  return url === undefined
    ? refuse({ code: 'sso_unavailable' })
    : succeed({ url, cookie: flowCookie(secret, longestFlow / 1_000) })
}

function keepFlow(
  { db }: SsoDeps,
  { id }: StoredSsoConnection,
  { intent, session, returnTo }: Errand,
  { secret, requestId }: { readonly secret: string; readonly requestId: string | undefined },
): Promise<Date> {
  return transaction(db, 'deployment', async (tx) => {
    const flow = { connection: id, intent, session, returnTo: returnPath(returnTo), requestId }
    await insertSsoFlow(tx, flowSecretHash(secret), flow)
    return new Date(await databaseTime(tx))
  })
}

async function samlAddress(
  { publicUrl, sealing }: SsoDeps,
  { id, sealedSecret }: StoredSsoConnection,
  provider: Extract<SsoProvider, { kind: 'saml' }>,
  { intent, requestId, now }: Errand & { readonly requestId: string; readonly now: Date },
): Promise<string> {
  const key = sealedSecret === undefined ? undefined : await openRequestKey(sealing, id, sealedSecret)
  return samlRequest(provider, serviceProviderOf(publicUrl, id), {
    id: requestId,
    // The request's own name, which the answer has to give again; it means nothing to anybody else.
    relayState: requestId,
    now,
    forceAuthn: intent === 'prove',
    privateKey: key?.privateKey,
    nameIdFormat: undefined,
  })
}

/** Undefined where the provider cannot be asked; why is told in the log. */
async function oidcAddress(
  deps: SsoDeps,
  connection: StoredSsoConnection,
  provider: Extract<SsoProvider, { kind: 'oidc' }>,
  { intent, loginHint, secret }: Errand & { readonly secret: string },
): Promise<string | undefined> {
  const metadata = await deps.providers.of(provider.issuer)
  if (!metadata.ok) {
    deps.log.warn({ connection: connection.id, ...metadata.refusal }, 'an identity provider cannot be asked')
    return undefined
  }
  return beginOidc(await oidcProviderOf(deps, connection, provider), metadata.value, flowOf(secret), {
    redirectUri: redirectUriOf(deps.publicUrl, connection.id),
    loginHint,
    reauthenticate: intent === 'prove',
  })
}
