import {
  isFresh,
  refuse,
  stepUpFor,
  succeed,
  type AccountId,
  type Result,
  type StepUp,
} from '@keyholder/core'
import type { Access } from '@keyholder/contract'
import { policyOf } from '../session/policy-of.ts'
import type { OpenSession } from '../session/open-session.ts'
import type { Caller } from './caller.ts'
import type { HttpDeps } from './http-deps.ts'

type SessionRefusal =
  | { readonly code: 'session_required' }
  | { readonly code: 'sign_in_unfinished'; readonly pending: OpenSession['state']['pending'] }
  | { readonly code: 'step_up_required'; readonly stepUp: StepUp }

/** Whether a caller's session has come far enough for an endpoint; a key comes as far as an endpoint for keys. */
export function sessionOpens(access: Access, caller: Caller): Result<undefined, SessionRefusal> {
  const session = caller.kind === 'person' ? caller.session : undefined
  const isForSessions = typeof access === 'string' && access.endsWith('session')
  if (!session) return isForSessions ? refuse({ code: 'session_required' }) : succeed(undefined)
  if (access === 'begun_session') return succeed(undefined)

  const { pending } = session.state
  // Whoever has set one up meanwhile, in another session, proves it first.
  if (pending === 'set_up_mfa' && access === 'enrolling_session' && !session.holdsToken) {
    return succeed(undefined)
  }
  if (pending) return refuse({ code: 'sign_in_unfinished', pending })
  const mustBeFresh = access === 'fresh_session' || access === 'enrolling_session'
  return mustBeFresh && !isFresh(session.state, session.holdsToken, session.at)
    ? refuse({ code: 'step_up_required', stepUp: 'reauthenticate' })
    : succeed(undefined)
}

/** What an account that somebody enters from elsewhere still asks of their session, if anything. */
export async function stepUpInto(
  deps: Pick<HttpDeps, 'entryPolicy'>,
  caller: Caller,
  account: AccountId,
): Promise<StepUp | undefined> {
  const isSupport = caller.kind === 'support'
  const session = isSupport || caller.kind === 'person' ? caller.session : undefined
  if (!session || session.home === account) return undefined
  const { settings, assurance: asked } = await deps.entryPolicy(account, session.home)
  // Staff come by no connection, whatever there is between the two accounts.
  const assurance = isSupport ? 'none' : asked
  const entered = { policy: policyOf(settings), assurance, holdsToken: session.holdsToken }
  return stepUpFor(session.state, entered, session.at)
}
