import { normalisePassword, refuse } from '@keyholder/core'
import { provePassword } from '@keyholder/contract'
import { findPassword, holdPassword, transaction } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import type { Bind } from '../http/bind.ts'
import { takeGuess, wasRight, type Guess } from '../session/attempt-limits.ts'
import { recordRefusedProof } from '../session/record-refused-proof.ts'
import { answerStepUp } from '../session/answer-step-up.ts'

/** Takes the password of somebody who is signed in once more. */
export function bindPasswordProof(bind: Bind, deps: Pick<AppDeps, 'db' | 'newId' | 'passwords'>): void {
  bind(provePassword, async (call) => {
    const { body, browser } = call
    const { session } = call.caller
    const guess: Guess = { of: 'password', as: session.email, from: browser.address }
    const taken = await takeGuess(deps.db, guess)
    if (!taken.ok) return taken

    const stored = await transaction(deps.db, 'deployment', (tx) => findPassword(tx, session.user))
    const isRight = await deps.passwords.verify(stored?.hash, normalisePassword(body.password))
    if (!isRight.ok) return isRight
    if (!isRight.value) {
      await recordRefusedProof(deps, call, 'session.prove_password', 'proof_refused')
      return refuse({ code: 'proof_refused' })
    }

    return transaction(deps.db, 'deployment', async (tx) => {
      if ((await holdPassword(tx, session.user)) !== stored?.hash) return refuse({ code: 'proof_refused' })
      await wasRight(tx, guess)
      return answerStepUp(tx, deps, call, { first: 'password' })
    })
  })
}
