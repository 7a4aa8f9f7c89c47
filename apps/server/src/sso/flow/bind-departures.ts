import { isFresh, refuse } from '@keyholder/core'
import { linkIdentity, proveSso, startSsoSignIn } from '@keyholder/contract'
import {
  activeSsoConnection,
  findSsoConnection,
  ssoIdentitiesOf,
  transaction,
  type StoredSsoConnection,
  type Tx,
} from '@keyholder/storage'
import { answer } from '../../http/answer.ts'
import type { Bind } from '../../http/bind.ts'
import { takeTurn } from '../../session/attempt-limits.ts'
import type { OpenSession } from '../../session/open-session.ts'
import { beginFlow, type Errand } from './begin-flow.ts'
import type { SsoDeps } from './sso-deps.ts'

/** Sign-ins that are begun from one address of the network in a quarter of an hour: an office full of people. */
const mostBegunFrom = 1_000

/** Sends browsers to identity providers: to sign in, to prove anew who somebody is, or to link an identity. */
export function bindDepartures(bind: Bind, deps: SsoDeps): void {
  bind(startSsoSignIn, async ({ body, browser: { address } }) => {
    const turn = { of: 'sign_in.sso', by: address, most: mostBegunFrom }
    const taken = await transaction(deps.db, 'deployment', (tx) => takeTurn(tx, turn))
    if (!taken.ok) return taken
    const connection = await read(deps, (tx) => findSsoConnection(tx, body.connection))
    return depart(deps, connection, { intent: 'sign_in', returnTo: body.return_to, loginHint: body.email })
  })

  bind(proveSso, async ({ body, caller: { session } }) => {
    const { connection, isLinked } = await read(deps, (tx) => linkOf(tx, session))
    if (connection && !isLinked) return refuse({ code: 'sso_not_linked' })
    return depart(deps, connection, { intent: 'prove', session: session.id, returnTo: body.return_to })
  })

  bind(linkIdentity, async ({ body, caller: { session } }) => {
    const { state, holdsToken, at } = session
    if (state.pending && state.pending !== 'link_sso') {
      return refuse({ code: 'sign_in_unfinished', pending: state.pending })
    }
    if (!state.pending && !isFresh(state, holdsToken, at)) {
      return refuse({ code: 'step_up_required', stepUp: 'reauthenticate' as const })
    }
    const { connection, isLinked } = await read(deps, (tx) => linkOf(tx, session))
    if (isLinked) return refuse({ code: 'sso_linked' })
    return depart(deps, connection, { intent: 'link', session: session.id, returnTo: body.return_to })
  })
}

async function depart(deps: SsoDeps, connection: StoredSsoConnection | undefined, errand: Errand) {
  const begun = connection
    ? await beginFlow(deps, connection, errand)
    : refuse({ code: 'sso_unavailable' as const })
  if (!begun.ok) return begun
  const { url, cookie } = begun.value
  return answer(200, { url }, { headers: { 'set-cookie': cookie } })
}

/** The provider that the people of somebody's home come by, and whether they are linked to it. */
async function linkOf(tx: Tx, { user, home }: OpenSession) {
  const connection = await activeSsoConnection(tx, home)
  const identities = connection ? await ssoIdentitiesOf(tx, user) : []
  return { connection, isLinked: identities.some((identity) => identity.connection === connection?.id) }
}

function read<Value>({ db }: SsoDeps, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return transaction(db, 'deployment', work, { readOnly: true })
}
