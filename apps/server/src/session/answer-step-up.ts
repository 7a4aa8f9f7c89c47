import { refuse, type Proof } from '@keyholder/core'
import type { Tx } from '@keyholder/storage'
import type { SignedIn } from '../http/caller.ts'
import type { NewId } from '../new-id.ts'
import type { Browser } from './browser.ts'
import { ssoDemand } from './sso-demand.ts'
import { answerProven } from './session-form.ts'
import { signInTerms } from './sign-in-terms.ts'
import { stepUp } from './start-session.ts'

/** Whose session goes on, and in which browser. */
export interface SteppingUp {
  readonly caller: SignedIn
  readonly browser: Browser
  readonly requestId: string
}

/**
 * Takes a proof into the session that asks, and answers with the session under its new token.
 *
 * Where the home lets this person in by single sign-on only, nothing else takes its place: a session would go on
 * without the identity provider.
 */
export async function answerStepUp(
  tx: Tx,
  deps: { readonly newId: NewId },
  { caller: { session }, browser, requestId }: SteppingUp,
  proof: Proof,
) {
  if (proof.first !== undefined) {
    const demand = await ssoDemand(tx, session)
    if (demand.kind === 'come_by') {
      return refuse({ code: 'sso_required' as const, connection: demand.connection })
    }
  }
  const terms = await signInTerms(tx, session)
  const proven = await stepUp(tx, deps, session, proof, { browser, requestId, terms })
  return proven ? answerProven(tx, proven) : refuse({ code: 'session_invalid' as const })
}
