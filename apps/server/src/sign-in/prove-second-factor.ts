import { refuse } from '@keyholder/core'
import { proveRecoveryCode, proveTotp as proveTotpCode } from '@keyholder/contract'
import {
  countRecoveryCodes,
  databaseTime,
  findUser,
  saveMails,
  spendRecoveryCode,
  transaction,
  type Tx,
} from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { outgoingMail } from '../change/outgoing-mail.ts'
import type { Bind } from '../http/bind.ts'
import { proveTotp } from '../mfa/prove-totp.ts'
import { recoveryCodeHash } from '../mfa/recovery-codes.ts'
import { answerStepUp, type SteppingUp } from '../session/answer-step-up.ts'
import { forgiveGuesses, takeGuess, wasRight, type Guess } from '../session/attempt-limits.ts'
import { recordRefusedProof } from '../session/record-refused-proof.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'sealing'>

/**
 * Takes a second factor that is typed: a one-time code, or a recovery code. Wrong ones are counted apart, so that
 * somebody whose one-time codes were tried too often by another still has a way in.
 */
export function bindTypedFactors(bind: Bind, deps: Deps): void {
  bind(proveTotpCode, (call) =>
    proveTyped(deps, call, 'totp', (tx) => proveTotp(tx, deps.sealing, call.caller.user, call.body.code)),
  )

  bind(proveRecoveryCode, (call) =>
    proveTyped(deps, call, 'recovery_code', async (tx) => {
      const hash = recoveryCodeHash(call.body.code)
      const isRight = hash !== undefined && (await spendRecoveryCode(tx, call.caller.user, hash))
      if (isRight) await tellOfCode(tx, deps, call)
      return isRight
    }),
  )
}

async function proveTyped(
  deps: Deps,
  call: SteppingUp & { readonly endpoint: { readonly id: string } },
  second: 'totp' | 'recovery_code',
  isRight: (tx: Tx) => Promise<boolean>,
) {
  const of = second === 'totp' ? 'second_factor' : 'recovery_code'
  const guess: Guess = { of, as: call.caller.user, from: call.browser.address }
  const taken = await takeGuess(deps.db, guess)
  if (!taken.ok) return taken

  const answered = await transaction(deps.db, 'deployment', async (tx) => {
    if (!(await isRight(tx))) return undefined
    await wasRight(tx, guess)
    if (second === 'recovery_code') await forgiveGuesses(tx, 'second_factor', call.caller.user)
    return answerStepUp(tx, deps, call, { second })
  })
  if (answered) return answered
  await recordRefusedProof(deps, call, call.endpoint.id, 'proof_refused')
  return refuse({ code: 'proof_refused' as const })
}

/** Whoever did not use it themselves learns of it. */
async function tellOfCode(tx: Tx, { newId }: Deps, { caller }: SteppingUp): Promise<void> {
  const person = await findUser(tx, caller.user)
  if (!person) throw new Error('a session is of a person who is not there')
  await saveMails(tx, [
    outgoingMail(
      newId,
      { account: caller.home, recipient: person.email },
      {
        template: 'recovery_code_used',
        language: person.language,
        name: person.name ?? null,
        remaining: await countRecoveryCodes(tx, caller.user),
        at: new Date(await databaseTime(tx)).toISOString(),
      },
    ),
  ])
}
