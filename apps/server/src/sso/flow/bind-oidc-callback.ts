import { refuse, type Result } from '@keyholder/core'
import { oidcCallback } from '@keyholder/contract'
import {
  databaseTime,
  findSsoConnection,
  takeSsoFlow,
  transaction,
  type SsoFlow,
  type StoredSsoConnection,
} from '@keyholder/storage'
import type { Bind } from '../../http/bind.ts'
import type { AssertedIdentity } from '../asserted-identity.ts'
import { finishOidc } from '../oidc/finish-oidc.ts'
import { flowOf } from '../oidc/oidc-flow.ts'
import { redirectUriOf } from '../oidc/oidc-provider.ts'
import type { OidcRefusal } from '../oidc/oidc-refusal.ts'
import { completeFlow } from './complete-flow.ts'
import { flowSecretHash } from './flow-secret.ts'
import { oidcProviderOf } from './oidc-provider-of.ts'
import { refuseArrival } from './refuse-arrival.ts'
import type { SsoDeps } from './sso-deps.ts'

/** Takes people in who come back from an OpenID Connect provider. */
export function bindOidcCallback(bind: Bind, deps: SsoDeps): void {
  bind(oidcCallback, async ({ params, query, browser, requestId }) => {
    const secret = browser.flowToken
    const taken = secret === undefined ? undefined : await takeFlow(deps, params.sso_connection, secret)
    if (secret === undefined || !taken) {
      return refuseArrival(deps, { requestId, fault: { reason: 'flow_unknown' } })
    }
    const { connection, flow } = taken
    const identity = await identityOf(deps, { ...taken, secret, query: asSent(query) })
    if (identity.ok)
      return completeFlow(deps, { connection, flow, identity: identity.value, browser, requestId })

    const { reason, detail } = identity.refusal
    return refuseArrival(deps, { connection, requestId, fault: { reason: `oidc_${reason}`, detail } })
  })
}

interface Taken {
  readonly connection: StoredSsoConnection
  readonly flow: SsoFlow
  /** The database's time. */
  readonly now: Date
}

/** What the browser was sent away with, which is then used up whatever comes of it. */
async function takeFlow({ db }: SsoDeps, id: string, secret: string): Promise<Taken | undefined> {
  return transaction(db, 'deployment', async (tx) => {
    const connection = await findSsoConnection(tx, id)
    const flow = connection && (await takeSsoFlow(tx, flowSecretHash(secret), connection.id))
    return flow && { connection, flow, now: new Date(await databaseTime(tx)) }
  })
}

async function identityOf(
  deps: SsoDeps,
  { connection, flow, now, secret, query }: Taken & { readonly secret: string; readonly query: string },
): Promise<Result<AssertedIdentity, OidcRefusal>> {
  const { provider } = connection
  if (provider.kind !== 'oidc') return refuse({ code: 'sso_refused', reason: 'other_connection' })
  const metadata = await deps.providers.of(provider.issuer)
  if (!metadata.ok) return metadata

  const callback = {
    connection: flow.connection,
    flow: flowOf(secret),
    redirectUri: redirectUriOf(deps.publicUrl, connection.id),
    query,
    reauthenticate: flow.intent === 'prove',
  }
  const client = await oidcProviderOf(deps, connection, provider)
  const identity = await finishOidc(client, metadata.value, callback, { outside: deps.outside, now })
  if (!identity.ok) deps.providers.forget(provider.issuer)
  return identity
}

/** What was sent more than once stays so, for the protocol to refuse. */
function asSent(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return new URLSearchParams(pairs).toString()
}
