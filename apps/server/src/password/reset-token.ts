import { createHash, randomBytes } from 'node:crypto'

/** The secret of a link by which a password is reset. INVARIANT: it leaves the server in the mail and in nothing else. */
export interface ResetToken {
  readonly token: string
  readonly tokenHash: string
}

/** In milliseconds. */
export const resetLife = 3_600_000

/** Makes a token of 256 bits. */
export function newResetToken(): ResetToken {
  const token = `khr_${randomBytes(32).toString('base64url')}`
  return { token, tokenHash: resetTokenHash(token) }
}

export function resetTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
