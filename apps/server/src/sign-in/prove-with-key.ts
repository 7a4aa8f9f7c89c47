import { refuse } from '@keyholder/core'
import {
  challengeOwnPasskey,
  challengeSecurityKey,
  provePasskey,
  proveSecurityKey,
} from '@keyholder/contract'
import { keyTokensOf, transaction } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { keepChallenge, type Asked } from '../mfa/ask-key.ts'
import { keyAnswer } from '../mfa/key-body.ts'
import { proveKey } from '../mfa/prove-key.ts'
import { relyingParty } from '../mfa/webauthn/relying-party.ts'
import { keyUseOptions, type KeyUse } from '../mfa/webauthn/use-key.ts'
import { answerStepUp, type SteppingUp } from '../session/answer-step-up.ts'
import { forgiveGuesses } from '../session/attempt-limits.ts'
import { recordRefusedProof } from '../session/record-refused-proof.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'publicUrl' | 'log'>

/** Takes the signature of a hardware key or passkey: as a second factor, or for everything once more. */
export function bindKeyProofs(bind: Bind, deps: Deps): void {
  bind(challengeSecurityKey, ({ caller }) => askForKey(deps, caller, 'second_factor'))
  bind(challengeOwnPasskey, ({ caller }) => askForKey(deps, caller, 'reauthenticate'))
  bind(proveSecurityKey, (call) => takeKey(deps, call, 'second_factor'))
  bind(provePasskey, (call) => takeKey(deps, call, 'reauthenticate'))
}

type Use = Exclude<KeyUse, 'sign_in'>

function wantedOf({ user, session }: SteppingUp['caller'], purpose: Use): Asked & { readonly purpose: Use } {
  return { purpose, userId: user, sessionId: session.id }
}

function askForKey({ db, newId, publicUrl }: Deps, caller: SteppingUp['caller'], use: Use) {
  return transaction(db, 'deployment', async (tx) => {
    const held = await keyTokensOf(tx, caller.user)
    const keys = use === 'second_factor' ? held : held.filter(({ verifiesUser }) => verifiesUser)
    if (keys.length === 0) return refuse({ code: 'token_missing' as const })
    const { id, challenge } = await keepChallenge(tx, newId, wantedOf(caller, use))
    const options = await keyUseOptions(relyingParty(publicUrl), use, keys, challenge)
    return answer(201, { challenge: id, options: { ...options } })
  })
}

interface KeyCall extends SteppingUp {
  readonly endpoint: { readonly id: string }
  readonly body: { readonly challenge: string; readonly response: Parameters<typeof keyAnswer>[0] }
}

async function takeKey(deps: Deps, call: KeyCall, use: Use) {
  const { challenge, response } = call.body
  const party = relyingParty(deps.publicUrl)
  const outcome = await transaction(deps.db, 'deployment', async (tx) => {
    const proven = await proveKey(tx, party, wantedOf(call.caller, use), {
      challenge,
      response: keyAnswer(response),
    })
    if (!proven.ok) return proven.refusal
    await forgiveGuesses(tx, 'second_factor', call.caller.user)
    if (use === 'reauthenticate') await forgiveGuesses(tx, 'password', call.caller.session.email)
    const proof =
      use === 'second_factor'
        ? ({ second: 'security_key' } as const)
        : ({ first: 'passkey', second: 'passkey' } as const)
    return answerStepUp(tx, deps, call, proof)
  })
  if (!('reason' in outcome)) return outcome
  deps.log.info({ reason: outcome.reason, user: call.caller.user }, 'a key was refused')
  await recordRefusedProof(deps, call, call.endpoint.id, 'key_refused')
  return refuse({ code: 'key_refused' as const })
}
