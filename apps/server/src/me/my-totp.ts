import { refuse, type MfaTokenId } from '@keyholder/core'
import { beginTotp, confirmTotp } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { newTotpSecret, totpUri, verifyTotp } from '../mfa/totp.ts'
import { shownAs } from '../mfa/webauthn/relying-party.ts'
import { takeGuess, wasRight, type Guess } from '../session/attempt-limits.ts'
import { recordRefusedProof } from '../session/record-refused-proof.ts'
import { undoingWhereSessionIsGone } from '../session/session-gone.ts'
import { roomForToken, tokenAdded } from './add-token.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'sealing'>

const usualName = 'Authenticator app'

/** Sets up a generator of one-time codes: its secret first, then a code that shows that the person has it. */
export function bindMyTotp(bind: Bind, deps: Deps): void {
  bind(beginTotp, (call) =>
    storage.transaction(deps.db, 'deployment', async (tx) => {
      const { user, email } = call.caller
      await storage.holdCredentials(tx, user)
      const room = await roomForToken(tx, call)
      if (!room.ok) return room
      const id = deps.newId<MfaTokenId>('mfa_token')
      const secret = newTotpSecret()
      const sealedSecret = await deps.sealing.seal(secret, { purpose: 'totp_secret', owner: id })
      await storage.beginTotp(tx, { id, user, name: usualName, sealedSecret })
      return answer(201, { token: id, secret, uri: totpUri(secret, { issuer: shownAs, label: email }) })
    }),
  )

  bind(confirmTotp, async (call) => {
    const { user } = call.caller
    const guess: Guess = { of: 'new_totp', as: user, from: call.browser.address }
    const taken = await takeGuess(deps.db, guess)
    if (!taken.ok) return taken

    const outcome = await undoingWhereSessionIsGone(() =>
      storage.transaction(deps.db, 'deployment', async (tx) => {
        await storage.holdCredentials(tx, user)
        const begun = await storage.findBegunTotp(tx, user, call.params.token as MfaTokenId)
        if (!begun) return refuse({ code: 'not_found' as const })
        const step = await stepOf(tx, deps, begun, call.body.code)
        if (step === undefined) return undefined
        await storage.confirmTotp(tx, begun.id, { step, name: call.body.name })
        await wasRight(tx, guess)
        return tokenAdded(tx, deps, call, { status: 200, id: begun.id, second: 'totp', method: 'totp' })
      }),
    )
    if (outcome) return outcome
    await recordRefusedProof(deps, call, call.endpoint.id, 'proof_refused')
    return refuse({ code: 'proof_refused' as const })
  })
}

/** The period whose code this is at this moment. */
async function stepOf(
  tx: storage.Tx,
  { sealing }: Deps,
  { id, sealedSecret, lastStep }: storage.StoredTotp,
  code: string,
): Promise<number | undefined> {
  const secret = await sealing.open(sealedSecret, { purpose: 'totp_secret', owner: id })
  const verified = verifyTotp(code, { secret, lastStep }, new Date(await storage.databaseTime(tx)))
  return verified.ok ? verified.value.step : undefined
}
