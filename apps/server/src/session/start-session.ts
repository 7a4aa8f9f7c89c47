import {
  beginSession,
  prove,
  type EventId,
  type FirstFactor,
  type Proof,
  type SessionId,
  type SignInTerms,
  type SsoConnectionId,
} from '@keyholder/core'
import {
  appendEvents,
  databaseTime,
  endSession,
  findSession,
  insertSession,
  rotateSession,
  type Tx,
} from '@keyholder/storage'
import type { NewId } from '../new-id.ts'
import type { Browser } from './browser.ts'
import { sessionCookie } from './cookies.ts'
import type { OpenSession } from './open-session.ts'
import { newSecretToken, secretHash } from '../http/secret-token.ts'
import type { SigningIn } from './sign-in-terms.ts'

interface Deps {
  readonly newId: NewId
}

/** A session under a new token, with the header that brings it to its browser. */
export interface Proven {
  readonly session: OpenSession
  readonly cookie: string
}

interface Errand {
  readonly browser: Browser
  readonly requestId: string
  readonly terms: SignInTerms
  readonly ssoConnection?: SsoConnectionId | undefined
}

/**
 * Begins a session; whatever the browser carried before is over, so that nobody is signed in with a token that
 * somebody else knows.
 *
 * Takes a transaction of the whole deployment. The event stands in the log of the person's home.
 */
export async function startSession(
  tx: Tx,
  { newId }: Deps,
  person: SigningIn,
  proof: Extract<Proof, { first: FirstFactor }>,
  { browser, requestId, terms, ssoConnection }: Errand,
): Promise<Proven> {
  if (browser.sessionToken !== undefined) await endCarried(tx, browser.sessionToken)
  const at = await databaseTime(tx)
  const session = beginSession(proof, terms, at)
  const id = newId<SessionId>('session')
  const { token, tokenHash } = newSecretToken('khs')
  const { userAgent, address } = browser
  await insertSession(tx, { id, tokenHash, user: person.user, session, ssoConnection, userAgent, address })
  await appendEvents(tx, [
    {
      id: newId<EventId>('event'),
      at,
      action: 'session.start',
      outcome: 'done',
      actor: { kind: 'person', user: person.user, session: id },
      target: { type: 'session', id },
      accounts: [person.home],
      after: {
        ...told(proof),
        pending: session.pending,
        sso_connection: ssoConnection,
        user_agent: userAgent,
        address,
      },
      request: requestId,
    },
  ])
  const { holdsToken } = terms
  return { session: { ...person, id, state: session, holdsToken, at }, cookie: sessionCookie(token) }
}

/**
 * Takes a further proof into a session: of what is pending, of what a stricter account asks, or of everything anew.
 *
 * The session goes on under a new token; undefined where the old one is not there any more. Takes a transaction of
 * the whole deployment.
 */
export async function stepUp(
  tx: Tx,
  { newId }: Deps,
  open: OpenSession,
  proof: Proof,
  { browser, requestId, terms, ssoConnection }: Errand,
): Promise<Proven | undefined> {
  if (browser.sessionToken === undefined) return undefined
  const at = await databaseTime(tx)
  const session = prove(open.state, proof, terms, at)
  const { token, tokenHash } = newSecretToken('khs')
  const change = { from: secretHash(browser.sessionToken), to: tokenHash, session, ssoConnection }
  if (!(await rotateSession(tx, open.id, change))) return undefined
  await appendEvents(tx, [
    {
      id: newId<EventId>('event'),
      at,
      action: 'session.step_up',
      outcome: 'done',
      actor: { kind: 'person', user: open.user, session: open.id },
      target: { type: 'session', id: open.id },
      accounts: [open.home],
      after: { ...told(proof), pending: session.pending },
      request: requestId,
    },
  ])
  const { holdsToken } = terms
  return { session: { ...open, state: session, holdsToken, at }, cookie: sessionCookie(token) }
}

/** Ends the session that a browser carried before it got another one. Takes a transaction of the whole deployment. */
export async function endCarried(tx: Tx, token: string): Promise<void> {
  const carried = await findSession(tx, secretHash(token))
  if (carried) await endSession(tx, carried.user, carried.id)
}

function told({ first, second }: Proof) {
  return { first_factor: first, second_factor: second }
}
