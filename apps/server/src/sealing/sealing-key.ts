import { createHash, randomBytes } from 'node:crypto'

/** One of the deployment's keys for small secrets. */
export interface SealingKey {
  /** Made from the key, so that a key cannot be kept under another's name. */
  readonly id: string
  readonly bytes: Uint8Array
}

const keyBytes = 32

/** Makes a key of 256 bits, in the form in which it is kept. */
export function newSealingKey(): string {
  return randomBytes(keyBytes).toString('base64url')
}

/** Reads keys as they are kept; throws where one is not 32 bytes of base64url. */
export function sealingKeys(kept: readonly string[]): readonly SealingKey[] {
  return kept.map((text) => {
    const bytes = new Uint8Array(Buffer.from(text, 'base64url'))
    if (bytes.length !== keyBytes || Buffer.from(bytes).toString('base64url') !== text) {
      throw new Error('A sealing key must be 32 bytes of base64url.')
    }
    return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes }
  })
}
