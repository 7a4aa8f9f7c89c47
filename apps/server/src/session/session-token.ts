import { createHash, randomBytes } from 'node:crypto'

/** The secret of a session. INVARIANT: it leaves the server in its cookie and in nothing else; kept is its hash. */
export interface SessionToken {
  readonly token: string
  readonly tokenHash: string
}

/** Makes a token of 256 bits. */
export function newSessionToken(): SessionToken {
  const token = `khs_${randomBytes(32).toString('base64url')}`
  return { token, tokenHash: sessionTokenHash(token) }
}

export function sessionTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
