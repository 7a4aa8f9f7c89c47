import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import type { SealingKey } from './sealing-key.ts'

/** What a sealed secret is for, and whose it is. It opens for nothing and nobody else. */
export interface SealedFor {
  readonly purpose: 'totp_secret' | 'sso_client_secret' | 'sso_private_key'
  /** The id of the row that it belongs to. */
  readonly owner: string
}

/** A sealed secret that does not open: another's, tampered with, or sealed with a key that is gone. */
export class Unsealable extends Error {
  constructor(what: SealedFor, cause: unknown) {
    super(`The ${what.purpose} of \`${what.owner}\` does not open.`, { cause })
  }
}

const how = { alg: 'dir', enc: 'A256GCM' } as const

/**
 * Keeps small secrets that have to be read back, such as the seeds of one-time codes, so that whoever reads a table
 * without the keys, or moves a secret from one row to another, gains nothing. The first key seals, all open.
 */
export class Sealing {
  readonly #first: SealingKey
  readonly #keys: ReadonlyMap<string, SealingKey>

  constructor(keys: readonly SealingKey[]) {
    const [first] = keys
    if (first === undefined) throw new Error('Sealing needs a key.')
    this.#first = first
    this.#keys = new Map(keys.map((key) => [key.id, key]))
  }

  /** As a JWE in compact form; purpose and owner stand in its authenticated header. */
  seal(secret: string, what: SealedFor): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(secret))
      .setProtectedHeader({ ...how, kid: this.#first.id, purpose: what.purpose, owner: what.owner })
      .encrypt(this.#first.bytes)
  }

  /** Throws `Unsealable` where it was sealed for something else, or is not as it was sealed. */
  async open(sealed: string, what: SealedFor): Promise<string> {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, ({ kid }) => this.#keyOf(kid), {
        keyManagementAlgorithms: [how.alg],
        contentEncryptionAlgorithms: [how.enc],
      })
      if (protectedHeader.purpose !== what.purpose || protectedHeader.owner !== what.owner) {
        throw new Error('It was sealed for something else.')
      }
      return new TextDecoder('utf-8', { fatal: true }).decode(plaintext)
    } catch (cause) {
      throw new Unsealable(what, cause)
    }
  }

  /** Whether it was sealed with an older key, so that it is sealed again when it is at hand. */
  needsResealing(sealed: string): boolean {
    return decodeProtectedHeader(sealed).kid !== this.#first.id
  }

  #keyOf(id: string | undefined): Uint8Array {
    const key = id === undefined ? undefined : this.#keys.get(id)
    if (key === undefined) throw new Error('It was sealed with a key that is not kept any more.')
    return key.bytes
  }
}
