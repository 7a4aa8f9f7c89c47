import { succeed, type Result } from '@keyholder/core'
import { findSignIn, Overtaken, transaction, type Tx } from '@keyholder/storage'
import { openSession, type OpenSession } from '../../session/open-session.ts'
import { signingInOf, signInTerms } from '../../session/sign-in-terms.ts'
import { underNewToken } from '../../session/rotate-own.ts'
import { startSession, stepUp, type Proven } from '../../session/start-session.ts'
import { admitArrival, type Admitted } from './admit-arrival.ts'
import type { Arrival } from './arrival.ts'
import { leadTo } from './lead-to.ts'
import { refuseArrival } from './refuse-arrival.ts'
import type { SsoDeps } from './sso-deps.ts'
import type { SsoFault } from './sso-fault.ts'

interface Completed {
  readonly admitted: Admitted
  /** Left out where nothing was proven anew. */
  readonly proven: Proven | undefined
  /** The session's new token: whoever had the one of before is out. */
  readonly cookie: string
}

/** Lets a browser in that came back from its identity provider, and sends it to where it wanted to go. */
export async function completeFlow(deps: SsoDeps, arrival: Arrival) {
  const { browser, connection, flow, requestId } = arrival
  const open =
    flow.intent === 'sign_in' || browser.sessionToken === undefined
      ? undefined
      : await openSession(deps.db, browser.sessionToken, { counts: true })

  const completed = await transaction(deps.db, 'deployment', (tx) => complete(deps, tx, arrival, open))
  if (!completed.ok) return refuseArrival(deps, { connection, requestId, fault: completed.refusal })

  const { admitted, proven, cookie } = completed.value
  if (admitted.revision !== undefined) {
    deps.replica.committed(connection.account, admitted.revision, admitted.changes)
  }
  const pending = proven?.session.state.pending
  const page = pending
    ? `/sign-in?${new URLSearchParams({ pending, return_to: flow.returnTo }).toString()}`
    : flow.returnTo
  return leadTo(deps.publicUrl, page, cookie)
}

async function complete(
  deps: SsoDeps,
  tx: Tx,
  arrival: Arrival,
  open: OpenSession | undefined,
): Promise<Result<Completed, SsoFault>> {
  const admitted = await admitArrival(deps, tx, arrival, open)
  if (!admitted.ok) return admitted
  if (open === undefined) {
    const proven = await begun(deps, tx, arrival, admitted.value)
    return succeed({ admitted: admitted.value, proven, cookie: proven.cookie })
  }
  // To link is to say whose an identity is, and proves nothing anew, unless just that was waited for.
  const goesOn = arrival.flow.intent === 'prove' || open.state.pending === 'link_sso'
  const proven = goesOn ? await continued(deps, tx, arrival, open) : undefined
  const cookie = proven?.cookie ?? (await underNewToken(tx, open.id, arrival.browser.sessionToken))
  if (cookie === undefined) throw new Overtaken('the session ended at this very moment')
  return succeed({ admitted: admitted.value, proven, cookie })
}

async function begun(
  deps: SsoDeps,
  tx: Tx,
  { browser, connection, requestId }: Arrival,
  { user }: Admitted,
): Promise<Proven> {
  const found = await findSignIn(tx, { user })
  if (!found) throw new Error('somebody who was let in is not there')
  const person = signingInOf(found)
  const terms = await signInTerms(tx, person)
  const errand = { browser, requestId, terms, ssoConnection: connection.id }
  return startSession(tx, deps, person, { first: 'sso' }, errand)
}

async function continued(
  deps: SsoDeps,
  tx: Tx,
  { browser, connection, requestId }: Arrival,
  open: OpenSession,
): Promise<Proven> {
  const terms = await signInTerms(tx, open)
  const errand = { browser, requestId, terms, ssoConnection: connection.id }
  const proven = await stepUp(tx, deps, open, { first: 'sso' }, errand)
  if (!proven) throw new Overtaken('the session ended at this very moment')
  return proven
}
