import { refuse, type MfaTokenId } from '@keyholder/core'
import { addKey, challengeNewKey } from '@keyholder/contract'
import { holdCredentials, insertKeyToken, keyTokensOf, transaction } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { keepChallenge, takeKept } from '../mfa/ask-key.ts'
import { newKeyAnswer } from '../mfa/key-body.ts'
import { addKeyOptions, readNewKey } from '../mfa/webauthn/add-key.ts'
import { refuseKey } from '../mfa/webauthn/key-refused.ts'
import { relyingParty } from '../mfa/webauthn/relying-party.ts'
import { recordRefusedProof } from '../session/record-refused-proof.ts'
import { undoingWhereSessionIsGone } from '../session/session-gone.ts'
import { roomForToken, tokenAdded } from './add-token.ts'
import { myself } from './own-credentials.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'publicUrl' | 'log'>

/** Adds hardware keys and passkeys. */
export function bindMyKeys(bind: Bind, deps: Deps): void {
  bind(challengeNewKey, (call) =>
    transaction(deps.db, 'deployment', async (tx) => {
      const { user, session } = call.caller
      const room = await roomForToken(tx, call)
      if (!room.ok) return room
      const { id, email, name } = await myself(tx, call)
      const asked = { purpose: 'add_key', userId: user, sessionId: session.id } as const
      const kept = await keepChallenge(tx, deps.newId, asked)
      const options = await addKeyOptions(
        relyingParty(deps.publicUrl),
        { id, email, name: name ?? email },
        await keyTokensOf(tx, user),
        kept.challenge,
      )
      return answer(201, { challenge: kept.id, options: { ...options } })
    }),
  )

  bind(addKey, async (call) => {
    const { user, session } = call.caller
    const { challenge, response, name } = call.body
    const outcome = await undoingWhereSessionIsGone(() =>
      transaction(deps.db, 'deployment', async (tx) => {
        await holdCredentials(tx, user)
        const room = await roomForToken(tx, call)
        if (!room.ok) return room
        const kept = await takeKept(tx, challenge)
        if (!kept) return refuseKey('The challenge is unknown, used or over.').refusal
        const wanted = { userId: user, sessionId: session.id }
        const read = await readNewKey(relyingParty(deps.publicUrl), kept, wanted, newKeyAnswer(response))
        if (!read.ok) return read.refusal
        const id = deps.newId<MfaTokenId>('mfa_token')
        const isNew = await insertKeyToken(tx, { ...read.value, id, userId: user, name })
        if (!isNew) return refuseKey('Somebody has a key with this id.').refusal
        const method = read.value.verifiesUser ? 'passkey' : 'security_key'
        return tokenAdded(tx, deps, call, { status: 201, id, second: 'security_key', method })
      }),
    )
    if (!('reason' in outcome)) return outcome
    deps.log.info({ reason: outcome.reason, user }, 'a new key was refused')
    await recordRefusedProof(deps, call, call.endpoint.id, 'key_refused')
    return refuse({ code: 'key_refused' as const })
  })
}
