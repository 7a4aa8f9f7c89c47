import { allows, decide, type Directory, type Question } from '@keyholder/core'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'

/** Why an answer is as it is, in a word; the explanation says the rest. */
export type Reason =
  | 'granted'
  | 'not_granted'
  | 'own_only'
  | 'account_suspended'
  | 'subject_suspended'
  | 'beyond_maximum'
  | 'beyond_standing'
  | 'guarded'
  | 'place_unknown'
  | 'permission_unknown'
  | 'subject_unknown'
  | 'subject_ambiguous'
  | 'question_malformed'

export const granted: readonly Reason[] = ['granted']

const notGranted: readonly Reason[] = ['not_granted']

/**
 * Why a question was denied, as far as that is known without looking for everything that nearly allowed it.
 *
 * Batches have to be quick, so the grants are walked only for people who come through a connection.
 */
export function whyNot(
  directory: Directory,
  question: Question,
  account: ReplicatedAccount,
  home: ReplicatedAccount | undefined,
): readonly Reason[] {
  if (account.index?.status === 'suspended') return ['account_suspended']
  const isActiveHere = account.index?.member(question.user)?.status !== 'suspended'
  const isActiveAtHome = (home ?? account).index?.member(question.user)?.status !== 'suspended'
  if (!isActiveHere || !isActiveAtHome) return ['subject_suspended']
  if (question.owner !== question.user && allows(directory, { ...question, owner: question.user })) {
    return ['own_only']
  }
  return home ? ceilings(directory, question) : notGranted
}

function ceilings(directory: Directory, question: Question): readonly Reason[] {
  const codes = decide(directory, question).limits.flatMap(({ by }) => by.map(({ code }) => code))
  return codes.length > 0 ? [...new Set(codes)] : notGranted
}
