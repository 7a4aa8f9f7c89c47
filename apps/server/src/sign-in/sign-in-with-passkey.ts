import { refuse } from '@keyholder/core'
import { challengePasskey, signInWithPasskey } from '@keyholder/contract'
import { findKeyToken, findSignIn, transaction, type SignInFacts, type Tx } from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { keepChallenge } from '../mfa/ask-key.ts'
import { keyAnswer } from '../mfa/key-body.ts'
import { proveKey, type KeyProof } from '../mfa/prove-key.ts'
import { relyingParty } from '../mfa/webauthn/relying-party.ts'
import { keyUseOptions } from '../mfa/webauthn/use-key.ts'
import { forgiveGuesses, takeTurn } from '../session/attempt-limits.ts'
import { recordRefusedSignIn } from '../session/record-refused-sign-in.ts'
import { answerProven } from '../session/session-form.ts'
import { signingInOf, signInTerms } from '../session/sign-in-terms.ts'
import { ssoDemand } from '../session/sso-demand.ts'
import { startSession } from '../session/start-session.ts'

type Deps = Pick<AppDeps, 'db' | 'newId' | 'publicUrl' | 'log' | 'afterAnswer'>

const wanted = { purpose: 'sign_in' } as const

/** Challenges that one address of the network is given in a quarter of an hour: each takes room until it is used. */
const mostChallenges = 1_000

/** Signs people in by a passkey alone. Nobody says who they are: the passkey does. */
export function bindPasskeySignIn(bind: Bind, deps: Deps): void {
  bind(challengePasskey, ({ browser }) =>
    transaction(deps.db, 'deployment', async (tx) => {
      const turn = { of: 'passkey', by: browser.address, most: mostChallenges }
      const taken = await takeTurn(tx, turn)
      if (!taken.ok) return taken
      const { id, challenge } = await keepChallenge(tx, deps.newId, wanted)
      const options = await keyUseOptions(relyingParty(deps.publicUrl), 'sign_in', [], challenge)
      return answer(201, { challenge: id, options: { ...options } })
    }),
  )

  bind(signInWithPasskey, async ({ body, browser, requestId }) => {
    const proof = { challenge: body.challenge, response: keyAnswer(body.response) }
    const outcome = await transaction(deps.db, 'deployment', async (tx) => {
      const person = await whoseKey(tx, deps, proof)
      if ('reason' in person) return person
      await forgiveGuesses(tx, 'password', person.email)
      await forgiveGuesses(tx, 'second_factor', person.user)
      const who = signingInOf(person)
      const demand = await ssoDemand(tx, who)
      if (demand.kind === 'come_by') {
        tellOfRefusal(deps, person, requestId, 'sso_required')
        return refuse({ code: 'sso_required' as const, connection: demand.connection })
      }
      const terms = await signInTerms(tx, who)
      const first = { first: 'passkey', second: 'passkey' } as const
      const proven = await startSession(tx, deps, who, first, { browser, requestId, terms })
      return answerProven(tx, proven)
    })
    if (!('reason' in outcome)) return outcome
    deps.log.info({ reason: outcome.reason }, 'a passkey was refused')
    if (outcome.person) tellOfRefusal(deps, outcome.person, requestId, 'key_refused')
    return refuse({ code: 'key_refused' as const })
  })
}

function tellOfRefusal(deps: Deps, person: SignInFacts, requestId: string, reason: string): void {
  const told = { action: 'sign_in.passkey', reason, requestId }
  deps.afterAnswer.run('telling of a refused sign-in', () => recordRefusedSignIn(deps, person, told))
}

interface Unproven {
  readonly reason: string
  readonly person: SignInFacts | undefined
}

/** Whose passkey has signed, where that is somebody who may come in. */
async function whoseKey(tx: Tx, { publicUrl }: Deps, proof: KeyProof): Promise<SignInFacts | Unproven> {
  const key = await findKeyToken(tx, proof.response.id)
  const person = key && (await findSignIn(tx, { user: key.userId }))
  const proven = await proveKey(tx, relyingParty(publicUrl), wanted, proof)
  if (!proven.ok) return { reason: proven.refusal.reason, person }
  return person?.isActive ? person : { reason: 'The person may nothing any more.', person }
}
