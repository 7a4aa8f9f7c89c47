import { finishSaml, samlMetadata, takeSamlAnswer } from '@keyholder/contract'
import { refuse, type SsoConnectionId } from '@keyholder/core'
import {
  databaseTime,
  findSsoConnection,
  findSsoFlowOfRequest,
  keepAsserted,
  takeAsserted,
  transaction,
  useAssertion,
  type StoredSsoConnection,
} from '@keyholder/storage'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import { assertedBySaml } from '../saml/asserted-by-saml.ts'
import { serviceProviderOf } from '../saml/parties.ts'
import { readSamlResponse } from '../saml/read-saml-response.ts'
import { openRequestKey } from '../saml/request-key.ts'
import type { SamlIdentity } from '../saml/saml-identity.ts'
import { spMetadata } from '../saml/sp-metadata.ts'
import { fromStored, toStored } from './asserted-form.ts'
import { completeFlow } from './complete-flow.ts'
import { flowSecretHash, newFlowSecret } from './flow-secret.ts'
import { leadTo } from './lead-to.ts'
import { refuseArrival } from './refuse-arrival.ts'
import type { SsoDeps } from './sso-deps.ts'

/** Everything that a SAML identity provider, and browsers on their way from it, come to. */
export function bindSaml(bind: Bind, deps: SsoDeps): void {
  bindMetadata(bind, deps)
  bindAnswer(bind, deps)
  bindFinish(bind, deps)
}

function bindMetadata(bind: Bind, { db, sealing, publicUrl }: SsoDeps): void {
  bind(samlMetadata, async ({ params }) => {
    const id = params.sso_connection
    const found = await transaction(db, 'deployment', (tx) => findSsoConnection(tx, id), { readOnly: true })
    if (found?.provider.kind !== 'saml') return refuse({ code: 'not_found' })

    const key =
      found.sealedSecret === undefined ? undefined : await openRequestKey(sealing, id, found.sealedSecret)
    const body = spMetadata(serviceProviderOf(publicUrl, id), key ? [key.certificate] : [])
    return answer(200, body, { headers: { 'content-type': 'application/samlmetadata+xml; charset=utf-8' } })
  })
}

/**
 * Reads an answer. It comes with a form that another site sends, and so without cookies: it proves who signed in, and
 * not whose browser this is. What it says is kept until the browser that was sent away comes for it.
 */
function bindAnswer(bind: Bind, deps: SsoDeps): void {
  bind(takeSamlAnswer, async ({ params, body, requestId }) => {
    const asked = await whatWasAsked(deps, params.sso_connection, body.RelayState)
    // What answers no request of ours is in nobody's log: everybody may post to this address.
    if (!asked) return refuseArrival(deps, { requestId, fault: { reason: 'flow_unknown' } })

    const { connection, request, now } = asked
    const { provider } = connection
    const service = serviceProviderOf(deps.publicUrl, connection.id)
    const read = await readSamlResponse(body.SAMLResponse, { provider, service, requestId: request, now })
    if (!read.ok) {
      const { reason, detail } = read.refusal
      return refuseArrival(deps, { connection, requestId, fault: { reason: `saml_${reason}`, detail } })
    }
    const identity = assertedBySaml(read.value, provider.entityId, service)
    const believed = toStored({ version: connection.version, identity })
    const handle = await keep(deps, connection.id, request, read.value, believed)
    if (handle === undefined) {
      return refuseArrival(deps, { connection, requestId, fault: { reason: 'saml_used_before' } })
    }
    return leadTo(deps.publicUrl, `/sso/${connection.id}/finish?handle=${handle}`)
  })
}

function bindFinish(bind: Bind, deps: SsoDeps): void {
  bind(finishSaml, async ({ params, query, browser, requestId }) => {
    const taken = await takeKept(deps, params.sso_connection, browser.flowToken, query.handle)
    if (!taken) return refuseArrival(deps, { requestId, fault: { reason: 'flow_unknown' } })
    const { flow, asserted } = taken
    const { version, identity } = fromStored(asserted)
    // As it stood when the answer was believed: what has changed since then is refused.
    const connection = { ...taken.connection, version }
    return completeFlow(deps, { connection, flow, identity, browser, requestId })
  })
}

interface Asked {
  readonly connection: StoredSsoConnection & { readonly provider: { readonly kind: 'saml' } }
  /** The id of the request, which the answer has to name. */
  readonly request: string
  readonly now: Date
}

/** The request that an answer came back with, while the connection is in use and no answer to it has come. */
async function whatWasAsked(
  { db }: SsoDeps,
  id: string,
  relayState: string | undefined,
): Promise<Asked | undefined> {
  if (relayState === undefined) return undefined
  return transaction(
    db,
    'deployment',
    async (tx) => {
      const connection = await findSsoConnection(tx, id)
      if (connection?.status !== 'active' || !speaksSaml(connection)) return undefined
      const flow = await findSsoFlowOfRequest(tx, connection.id, relayState)
      return flow && { connection, request: relayState, now: new Date(await databaseTime(tx)) }
    },
    { readOnly: true },
  )
}

function speaksSaml(connection: StoredSsoConnection): connection is Asked['connection'] {
  return connection.provider.kind === 'saml'
}

/** Keeps who signed in under a new handle, unless the assertion was used before or the request was answered. */
async function keep(
  { db }: SsoDeps,
  connection: SsoConnectionId,
  requestId: string,
  { assertionId, notOnOrAfter }: SamlIdentity,
  asserted: object,
): Promise<string | undefined> {
  const handle = newFlowSecret()
  return transaction(db, 'deployment', async (tx) => {
    const isNew = await useAssertion(tx, connection, assertionId, notOnOrAfter)
    const isFirst =
      isNew && (await keepAsserted(tx, { connection, requestId }, flowSecretHash(handle), asserted))
    return isFirst ? handle : undefined
  })
}

/** What was kept for this very browser, which is used up by that. */
async function takeKept({ db }: SsoDeps, id: string, secret: string | undefined, handle: string) {
  if (secret === undefined) return undefined
  return transaction(db, 'deployment', async (tx) => {
    const connection = await findSsoConnection(tx, id)
    const flow =
      connection && (await takeAsserted(tx, flowSecretHash(secret), connection.id, flowSecretHash(handle)))
    return connection && flow?.asserted ? { connection, flow, asserted: flow.asserted } : undefined
  })
}
