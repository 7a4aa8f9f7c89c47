import { randomBytes } from 'node:crypto'
import type { SessionId, UserId } from '@keyholder/core'

/** What a signature by a key is asked for. One that is given for something else is worth nothing here. */
export type ChallengePurpose = 'add_key' | 'second_factor' | 'sign_in' | 'reauthenticate'

/** What a key has to sign, as it is kept: for one purpose, one person and one session. */
export interface Challenge {
  readonly purpose: ChallengePurpose
  readonly challenge: string
  /** None where somebody signs in, and is whoever the passkey says. */
  readonly userId?: UserId | undefined
  readonly sessionId?: SessionId | undefined
}

/** In milliseconds; browsers are told to give up by then. */
export const challengeLife = 5 * 60_000

/** Makes 256 bits to sign. */
export function newChallenge(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether a challenge was made for just this. */
export function isFor(challenge: Challenge, wanted: Omit<Challenge, 'challenge'>): boolean {
  return (
    challenge.purpose === wanted.purpose &&
    challenge.userId === wanted.userId &&
    challenge.sessionId === wanted.sessionId
  )
}
