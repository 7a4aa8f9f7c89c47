import { randomBytes } from 'node:crypto'
import { secretHash } from '../http/authenticate.ts'

/** The secret of a link. INVARIANT: it leaves the server in the mail and in nothing else; kept is its hash. */
export interface InvitationToken {
  readonly token: string
  readonly tokenHash: string
}

/** Makes a token of 256 bits. */
export function newInvitationToken(): InvitationToken {
  const token = `khi_${randomBytes(32).toString('base64url')}`
  return { token, tokenHash: tokenHashOf(token) }
}

/** How a token is looked up. */
export function tokenHashOf(token: string): string {
  return secretHash(token)
}
