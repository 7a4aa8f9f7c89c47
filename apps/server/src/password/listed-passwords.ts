import { knownWords, type KnownWords } from '@keyholder/core'
import { dictionary } from '@zxcvbn-ts/language-common'

let folded: KnownWords | undefined

/** The passwords that everybody tries first. Folded at the first call, which takes a fifth of a second. */
export function listedPasswords(): KnownWords {
  folded ??= knownWords(dictionary['passwords-common'])
  return folded
}
