import { newSecretToken } from '../http/secret-token.ts'

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
  const { token, tokenHash } = newSecretToken('kh')
  return { secret: token, secretHash: tokenHash, hint: token.slice(-4) }
}
