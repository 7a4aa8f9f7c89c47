import { normaliseEmail, normalisePassword, refuse } from '@keyholder/core'
import { signInWithPassword } from '@keyholder/contract'
import { findSignIn, holdCredentials, savePassword, transaction, type SignInFacts } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import type { Call, Reply } from '../http/call.ts'
import { BoundedQueue } from '../password/bounded-queue.ts'
import { mostAtOnce, needsRehash } from '../password/hash-queue.ts'
import { takeGuess, wasRight, type Guess } from '../session/attempt-limits.ts'
import { recordRefusedSignIn } from '../session/record-refused-sign-in.ts'
import { answerProven } from '../session/session-form.ts'
import { signingInOf, signInTerms } from '../session/sign-in-terms.ts'
import { ssoDemand } from '../session/sso-demand.ts'
import { startSession } from '../session/start-session.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'passwords' | 'afterAnswer'>

/**
 * Signs people in by their password.
 *
 * Who has no login, no password, or another one gets the same answer after the same work. That somebody's password
 * was tried is therefore written into their log after the answer, and not before it.
 */
export function bindPasswordSignIn(bind: Bind, deps: Deps): void {
  // A flood is turned away before it takes a connection to the database from those who are at work.
  const door = new BoundedQueue({ running: mostAtOnce, waiting: 0 })
  bind(signInWithPassword, async (call) => {
    const entered = await door.run(() => signIn(deps, call))
    return entered.ok ? entered.value : entered
  })
}

async function signIn(
  deps: Deps,
  { body, browser, requestId }: Call<typeof signInWithPassword>,
): Promise<Reply<typeof signInWithPassword>> {
  const email = normaliseEmail(body.email)
  const guess: Guess = { of: 'password', as: email.ok ? email.value : '', from: browser.address }
  const taken = await takeGuess(deps.db, guess)
  if (!taken.ok) return taken

  const found = email.ok
    ? await transaction(deps.db, 'deployment', (tx) => findSignIn(tx, { email: email.value }), {
        readOnly: true,
      })
    : undefined
  const isRight = await deps.passwords.verify(found?.passwordHash, normalisePassword(body.password))
  if (!isRight.ok) return isRight
  if (!found || !isRight.value || !found.isActive) {
    if (found) tellOfRefusal(deps, found, requestId, 'sign_in_failed')
    return refuse({ code: 'sign_in_failed' })
  }

  const hash = await rehashed(deps, found, body.password)
  return transaction(deps.db, 'deployment', async (tx) => {
    // What was read before the password was looked at may have changed meanwhile.
    await holdCredentials(tx, found.user)
    const now = await findSignIn(tx, { user: found.user })
    if (!now?.isActive || now.passwordHash !== found.passwordHash) return refuse({ code: 'sign_in_failed' })
    await wasRight(tx, guess)
    if (hash !== undefined) await savePassword(tx, found.user, hash)
    const person = signingInOf(now)
    const demand = await ssoDemand(tx, person)
    if (demand.kind === 'come_by') {
      tellOfRefusal(deps, now, requestId, 'sso_required')
      return refuse({ code: 'sso_required', connection: demand.connection })
    }
    const terms = await signInTerms(tx, person)
    const proven = await startSession(tx, deps, person, { first: 'password' }, { browser, requestId, terms })
    return answerProven(tx, proven)
  })
}

/** The password hashed at today's cost, where it is kept at another one. */
async function rehashed(
  { passwords }: Deps,
  { passwordHash }: SignInFacts,
  typed: string,
): Promise<string | undefined> {
  const password = normalisePassword(typed)
  if (passwordHash === undefined || password === undefined || !needsRehash(passwordHash)) return undefined
  const hashed = await passwords.hash(password)
  return hashed.ok ? hashed.value : undefined
}

function tellOfRefusal(deps: Deps, found: SignInFacts, requestId: string, reason: string): void {
  const told = { action: 'sign_in.password', reason, requestId }
  deps.afterAnswer.run('telling of a refused sign-in', () => recordRefusedSignIn(deps, found, told))
}
