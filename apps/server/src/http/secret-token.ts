import { createHash, randomBytes } from 'node:crypto'

/** A secret that opens something for whoever has it. INVARIANT: it leaves the server once, and kept is its hash. */
export interface SecretToken {
  readonly token: string
  readonly tokenHash: string
}

/** What each kind begins with, so that people and scanners tell what they have found. */
export type TokenPrefix = 'kh' | 'khi' | 'khm' | 'khr' | 'khs'

/** Makes a token of 256 bits. */
export function newSecretToken(prefix: TokenPrefix): SecretToken {
  const token = `${prefix}_${randomBytes(32).toString('base64url')}`
  return { token, tokenHash: secretHash(token) }
}

/** How secrets are kept and looked up: they are random, so one round of SHA-256 hides them. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
