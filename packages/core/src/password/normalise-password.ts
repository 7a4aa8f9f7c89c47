/** A password in the one form in which it is judged, hashed and compared. */
export type Password = string & { readonly form: 'password' }

/** In characters. Longer ones are refused before anything is computed of them: 256 characters are 1,024 bytes at most. */
export const longestPassword = 256

/** Four bytes is the longest that one character gets, so nothing acceptable is longer than this before it is normalised. */
const longestInput = longestPassword * 4

/**
 * Normalises what somebody typed by NFKC, so that the same keys give the same password on every device
 * (NIST SP 800-63B-4, 3.1.1.2). Nothing where it is longer than 256 characters, or no text (half a surrogate pair).
 */
export function normalisePassword(typed: string): Password | undefined {
  if (typed.length > longestInput || !typed.isWellFormed()) return undefined
  const normalised = typed.normalize('NFKC')
  return lengthOf(normalised) <= longestPassword ? (normalised as Password) : undefined
}

/** In characters as people count them for passwords: code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}
