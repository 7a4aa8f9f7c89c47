import {
  judgePassword,
  needsMfa,
  passwordSentence,
  refuse,
  succeed,
  type AccountId,
  type Result,
  type SignInPolicy,
  type UserId,
} from '@keyholder/core'
import { accountNames, findUser, type Tx } from '@keyholder/storage'
import type { HashQueue } from './hash-queue.ts'
import { listedPasswords } from './listed-passwords.ts'

/** Who gets a new password, as far as it must not be made of that. */
export interface PasswordOwner {
  readonly user: UserId
  readonly home: AccountId
  readonly homePolicy: SignInPolicy
}

interface Refused {
  readonly code: 'password_refused'
  readonly shortest: number
  /** What is wrong with it, each with a sentence. */
  readonly faults: readonly { readonly code: string; readonly detail: string }[]
}

type Choice = Result<string, Refused | { readonly code: 'too_busy'; readonly retryAfter: number }>

/** Names that nobody's password is made of: the person's, their account's, ours. */
export async function namesAround(
  tx: Tx,
  { user, home }: PasswordOwner,
  publicUrl: string,
): Promise<string[]> {
  const person = await findUser(tx, user)
  const account = (await accountNames(tx, [home])).get(home)
  const names = [person?.name, person?.email, account?.name, account?.slug]
  return ['Keyholder', new URL(publicUrl).hostname, ...names.filter((name) => name !== undefined)]
}

/** The hash of a new password, unless it is too easy to guess. */
export async function choosePassword(
  passwords: HashQueue,
  typed: string,
  { homePolicy, names }: { readonly homePolicy: SignInPolicy; readonly names: readonly string[] },
): Promise<Choice> {
  const judged = judgePassword(typed, {
    use: needsMfa(homePolicy, 'password') ? 'with_mfa' : 'alone',
    listed: listedPasswords(),
    context: names,
  })
  if (!judged.ok) {
    const { code, shortest, faults } = judged.refusal
    const told = faults.map((fault) => ({ code: fault, detail: passwordSentence(fault, shortest) }))
    return refuse({ code, shortest, faults: told })
  }
  const hashed = await passwords.hash(judged.value)
  return hashed.ok
    ? succeed(hashed.value)
    : refuse({ code: 'too_busy', retryAfter: hashed.refusal.retryAfter })
}
