import { refuse, succeed, type Result } from '../result.ts'
import { contextWords, type PasswordContext } from './context-words.ts'
import type { KnownWords } from './known-words.ts'
import { lengthOf, longestPassword, normalisePassword, type Password } from './normalise-password.ts'
import { whatIsLeft, type WeakPart } from './what-is-left.ts'

/** Whether the password opens the door by itself, or only together with a second factor. */
export type PasswordUse = 'alone' | 'with_mfa'

/** Why a password is not taken. */
export type PasswordFault =
  | 'password_too_short'
  | 'password_too_long'
  | 'password_listed'
  | 'password_about_you'
  | 'password_keyboard'
  | 'password_repeats'

export interface PasswordRefusal {
  readonly code: 'password_refused'
  /** At least one; the length first. */
  readonly faults: readonly PasswordFault[]
  /** In characters. */
  readonly shortest: number
}

/** In characters (NIST SP 800-63B-4, 3.1.1.2). */
const shortestFor: Readonly<Record<PasswordUse, number>> = { alone: 15, with_mfa: 8 }

/** How many characters a password has at least. */
export function shortestPassword(use: PasswordUse): number {
  return shortestFor[use]
}

/** What must be left of it without known words, names, runs and repeats. */
const leastWorth: Readonly<Record<PasswordUse, number>> = { alone: 8, with_mfa: 5 }

const faultOf: Readonly<Record<WeakPart, PasswordFault>> = {
  listed: 'password_listed',
  context: 'password_about_you',
  run: 'password_keyboard',
  repeat: 'password_repeats',
}

/**
 * Judges a new password by its length and by what is left of it without what everybody would try.
 *
 * No kind of character is demanded and none is refused (NIST SP 800-63B-4, 3.1.1.2). Answers with the password in the
 * form in which it is hashed.
 */
export function judgePassword(
  typed: string,
  rules: { readonly use: PasswordUse; readonly listed: KnownWords; readonly context: PasswordContext },
): Result<Password, PasswordRefusal> {
  const least = shortestFor[rules.use]
  const refused = (faults: readonly PasswordFault[]) =>
    refuse({ code: 'password_refused' as const, faults, shortest: least })

  const password = normalisePassword(typed)
  if (password === undefined) return refused(['password_too_long'])
  if (lengthOf(password) < least) return refused(['password_too_short'])

  const { worth, parts } = whatIsLeft(password, rules.listed, contextWords(rules.context))
  if (worth < leastWorth[rules.use]) return refused([...parts].map((part) => faultOf[part]).sort())
  return succeed(password)
}

/** Each fault in one sentence: what is wrong, then what to do. */
export function passwordSentence(fault: PasswordFault, shortest: number): string {
  switch (fault) {
    case 'password_too_short':
      return `The password is too short: use ${shortest} characters or more.`
    case 'password_too_long':
      return `The password cannot be kept: use text of ${longestPassword} characters or fewer.`
    case 'password_listed':
      return 'Most of the password is what everybody tries first: add words or characters that nobody expects there.'
    case 'password_about_you':
      return 'Most of the password is your name, your address, your account, this product or a year: leave them out.'
    case 'password_keyboard':
      return 'Most of the password is keys that lie side by side, or letters or digits in order: choose others.'
    case 'password_repeats':
      return 'Much of the password repeats itself: add something new in place of it.'
  }
}
