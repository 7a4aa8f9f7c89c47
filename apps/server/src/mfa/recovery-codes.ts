import { randomInt } from 'node:crypto'
import { secretHash } from '../http/secret-token.ts'

/** Without the letters that are taken for digits (Crockford's base32). */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** How many are given out at a time. */
const count = 10

/** Twenty characters of five bits: 100 bits, so that a plain hash keeps them. */
const groups = 5
const groupLength = 4

/** A recovery code as it is shown once, and what is kept of it. */
export interface RecoveryCode {
  readonly code: string
  readonly hash: string
}

/** Makes ten codes, such as `7h3k-0z9q-wm2d-4fxa-1c8e`. */
export function newRecoveryCodes(): readonly RecoveryCode[] {
  return Array.from({ length: count }, () => {
    const code = Array.from({ length: groups }, newGroup).join('-')
    return { code, hash: secretHash(code.replaceAll('-', '')) }
  })
}

/** What a code is looked up by, however it was typed: in capitals, without dashes, `O` for `0`. Nothing where it is none. */
export function recoveryCodeHash(typed: string): string | undefined {
  const code = typed
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  const isCode =
    code.length === groups * groupLength && Array.from(code).every((sign) => alphabet.includes(sign))
  return isCode ? secretHash(code) : undefined
}

function newGroup(): string {
  return Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')
}
