import { createHash } from 'node:crypto'
import { refuse, succeed, type Result } from '@keyholder/core'
import {
  clearAttempts,
  giveBackAttempt,
  takeAttempt,
  transaction,
  type AttemptLimit,
  type Database,
  type Tx,
} from '@keyholder/storage'

const quarterOfAnHour = 900_000

/** Who guesses what, and from where. */
export interface Guess {
  /** What is proven, each counted apart; `second_factor` is the one-time code that somebody types. */
  readonly of: 'password' | 'second_factor' | 'recovery_code' | 'new_totp'
  /** The address that signs in as it is normalised, or the user. */
  readonly as: string
  readonly from: string
}

export interface TooManyAttempts {
  readonly code: 'too_many_attempts'
  readonly retryAfter: number | undefined
}

/** Wrong guesses that are taken in a quarter of an hour: for one person, and from one address of the network. */
export const mostGuesses = 10
export const mostGuessesFrom = 100
/**
 * And in a row, however slowly (NIST SP 800-63B-4, 3.2.2). It begins anew for a password that is reset or changed, or
 * whose owner comes in by passkey; for one-time codes with a key, a recovery code or a new second factor, such as
 * follows a reset by an administrator.
 */
export const mostGuessesInARow = 100
/** What can be found by trying for long enough: not the 100 bits of a recovery code, nor a secret that one was just given. */
const countedInARow: ReadonlySet<Guess['of']> = new Set(['password', 'second_factor'])

/**
 * Takes an attempt before it is tried, or refuses; in a transaction of its own, so that it counts whatever follows.
 */
export async function takeGuess(db: Database, guess: Guess): Promise<Result<undefined, TooManyAttempts>> {
  const refused = await transaction(db, 'deployment', (tx) => takeAttempt(tx, limitsOf(guess)))
  return refused ? refuse({ code: 'too_many_attempts', retryAfter: refused.retryAfter }) : succeed(undefined)
}

/** Takes one of so many turns that somebody, or an address of the network, gets in a quarter of an hour. */
export async function takeTurn(
  tx: Tx,
  { of, by, most }: { readonly of: string; readonly by: string; readonly most: number },
): Promise<Result<undefined, TooManyAttempts>> {
  const bucket = `turn:${digest(`${of}:${by}`)}`
  const refused = await takeAttempt(tx, [{ bucket, most, within: quarterOfAnHour }])
  return refused ? refuse({ code: 'too_many_attempts', retryAfter: refused.retryAfter }) : succeed(undefined)
}

/** Forgets the wrong guesses about somebody who was right. */
export async function wasRight(tx: Tx, guess: Guess): Promise<void> {
  const { short, lasting, place } = bucketsOf(guess)
  await clearAttempts(tx, [short, lasting])
  await giveBackAttempt(tx, place)
}

/** Lets somebody try again who has shown in another way that they are who they say. */
export async function forgiveGuesses(tx: Tx, of: Guess['of'], as: string): Promise<void> {
  const { short, lasting } = bucketsOf({ of, as, from: '' })
  await clearAttempts(tx, [short, lasting])
}

function limitsOf(guess: Guess): readonly AttemptLimit[] {
  const { short, lasting, place } = bucketsOf(guess)
  return [
    { bucket: place, most: mostGuessesFrom, within: quarterOfAnHour },
    { bucket: short, most: mostGuesses, within: quarterOfAnHour },
    ...(countedInARow.has(guess.of) ? [{ bucket: lasting, most: mostGuessesInARow }] : []),
  ]
}

function bucketsOf({ of, as, from }: Guess) {
  const who = digest(`${of}:${as}`)
  return { short: `who:${who}`, lasting: `lasting:${who}`, place: `from:${digest(`${of}:${from}`)}` }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
