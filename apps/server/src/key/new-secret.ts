import { randomBytes } from 'node:crypto'
import { secretHash } from '../http/authenticate.ts'

/** The secret of a new API key, and what is kept of it. */
export interface NewSecret {
  /** Shown once. */
  readonly secret: string
  readonly secretHash: string
  /** Its last characters, to tell keys apart. */
  readonly hint: string
}

/** Makes a secret of 256 bits. */
export function newSecret(): NewSecret {
  const secret = `kh_${randomBytes(32).toString('base64url')}`
  return { secret, secretHash: secretHash(secret), hint: secret.slice(-4) }
}
