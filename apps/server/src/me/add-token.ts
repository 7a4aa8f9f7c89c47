import { refuse, type MfaTokenId, type Result, type SecondFactor } from '@keyholder/core'
import type { MessageOf } from '@keyholder/mail'
import { listMfaTokens, type MfaToken, type Tx } from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { NewId } from '../new-id.ts'
import { forgiveGuesses } from '../session/attempt-limits.ts'
import { SessionGone } from '../session/session-gone.ts'
import { signInTerms } from '../session/sign-in-terms.ts'
import { stepUp } from '../session/start-session.ts'
import type { SteppingUp } from '../session/answer-step-up.ts'
import { endOthers, recordDeed, sendNotice, tokenForm } from './own-credentials.ts'

interface Deps {
  readonly newId: NewId
}

const mostTokens = 20

/** Whether somebody may have one more second factor. */
export async function roomForToken(
  tx: Tx,
  { caller }: SteppingUp,
): Promise<Result<undefined, { readonly code: 'too_many_tokens' }>> {
  const held = await listMfaTokens(tx, caller.user)
  return held.length < mostTokens ? { ok: true, value: undefined } : refuse({ code: 'too_many_tokens' })
}

interface Added<Status extends number> {
  readonly status: Status
  readonly id: MfaTokenId
  readonly second: SecondFactor
  readonly method: MessageOf<'mfa_added'>['method']
}

/**
 * What follows when somebody has proven a new second factor: this session has it, every other one ends, and the
 * person is told.
 */
export async function tokenAdded<Status extends number>(
  tx: Tx,
  deps: Deps,
  call: SteppingUp,
  { status, id, second, method }: Added<Status>,
) {
  const token = await tokenOf(tx, call, id)
  // Everything was proven for it, and what was tried before was tried at another secret.
  await forgiveGuesses(tx, 'second_factor', call.caller.user)
  const { kind, name } = token
  await recordDeed(tx, deps, call, {
    action: 'mfa_token.add',
    target: { type: 'mfa_token', id },
    after: { kind, name },
  })
  const { browser, requestId, caller } = call
  const terms = await signInTerms(tx, caller.session)
  const proven = await stepUp(tx, deps, caller.session, { second }, { browser, requestId, terms })
  // Somebody ended the session meanwhile: then nothing is added to what they meant to cut off.
  if (!proven) throw new SessionGone()
  await endOthers(tx, deps, call)
  await sendNotice(tx, deps, call, { template: 'mfa_added', method, label: name })
  return answer(status, tokenForm(token), { headers: { 'set-cookie': proven.cookie } })
}

async function tokenOf(tx: Tx, { caller }: SteppingUp, id: MfaTokenId): Promise<MfaToken> {
  const token = (await listMfaTokens(tx, caller.user)).find((held) => held.id === id)
  if (!token) throw new Error('a second factor was added and is not there')
  return token
}
