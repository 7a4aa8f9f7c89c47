import { createHash, randomBytes } from 'node:crypto'

/** The secret of a link that shows whose an address is. INVARIANT: it leaves the server in the mail and in nothing else. */
export interface EmailToken {
  readonly token: string
  readonly tokenHash: string
}

/** In milliseconds. */
export const emailLinkLife = 86_400_000

/** Makes a token of 256 bits. */
export function newEmailToken(): EmailToken {
  const token = `khm_${randomBytes(32).toString('base64url')}`
  return { token, tokenHash: emailTokenHash(token) }
}

export function emailTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
