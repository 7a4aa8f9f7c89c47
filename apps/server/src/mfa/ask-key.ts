import type { ChallengeId, SessionId, UserId } from '@keyholder/core'
import { insertChallenge, takeChallenge, type Tx } from '@keyholder/storage'
import type { NewId } from '../new-id.ts'
import { challengeLife, newChallenge, type Challenge, type ChallengePurpose } from './webauthn/challenge.ts'

/** What a key is asked for, and by whom. */
export interface Asked {
  readonly purpose: ChallengePurpose
  readonly userId?: UserId | undefined
  readonly sessionId?: SessionId | undefined
}

/** Keeps a new challenge; `id` is sent back with the answer. */
export async function keepChallenge(
  tx: Tx,
  newId: NewId,
  { purpose, userId, sessionId }: Asked,
): Promise<{ readonly id: ChallengeId; readonly challenge: string }> {
  const id = newId<ChallengeId>('challenge')
  const challenge = newChallenge()
  await insertChallenge(tx, { id, purpose, challenge, userId, sessionId, life: challengeLife })
  return { id, challenge }
}

/** Takes a challenge that was kept; whether it is for what is wanted now is for the answer's reader to say. */
export async function takeKept(tx: Tx, id: string): Promise<Challenge | undefined> {
  const kept = await takeChallenge(tx, id)
  return kept && { ...kept, purpose: kept.purpose as ChallengePurpose }
}
