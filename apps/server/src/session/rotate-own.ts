import type { SessionId } from '@keyholder/core'
import { findSession, renewSessionToken, type Tx } from '@keyholder/storage'
import type { SteppingUp } from './answer-step-up.ts'
import { sessionCookie } from './cookies.ts'
import { SessionGone } from './session-gone.ts'
import { newSecretToken, secretHash } from '../http/secret-token.ts'

/**
 * Has the session that changes credentials go on under a new token, so that a copy of its cookie ends with the others;
 * the header that brings it to its browser.
 *
 * Throws `SessionGone` where the session has ended since the request was let in. Comes after `holdCredentials`, and
 * after every refusal: what is refused leaves the token as it is.
 */
export async function rotateOwn(
  tx: Tx,
  { caller, browser }: Pick<SteppingUp, 'caller' | 'browser'>,
): Promise<{ readonly 'set-cookie': string }> {
  const cookie = await underNewToken(tx, caller.session.id, browser.sessionToken)
  if (cookie === undefined) throw new SessionGone()
  return { 'set-cookie': cookie }
}

/** The cookie under which a session goes on; undefined where it is not there any more under the token it had. */
export async function underNewToken(
  tx: Tx,
  id: SessionId,
  carried: string | undefined,
): Promise<string | undefined> {
  if (carried === undefined) return undefined
  const { token, tokenHash } = newSecretToken('khs')
  const isThere = await renewSessionToken(tx, id, { from: secretHash(carried), to: tokenHash })
  return isThere ? sessionCookie(token) : undefined
}

/** Throws `SessionGone` where the session has ended since the request was let in. Comes after `holdCredentials`. */
export async function requireOwn(tx: Tx, { browser }: Pick<SteppingUp, 'browser'>): Promise<void> {
  const { sessionToken } = browser
  if (sessionToken === undefined || !(await findSession(tx, secretHash(sessionToken))))
    throw new SessionGone()
}
