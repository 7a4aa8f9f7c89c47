import { allows } from '@keyholder/core'
import type { ReplicatedAccount } from '../replica/replicated-account.ts'
import type { Asked } from './asked.ts'
import type { AtLeast } from './at-least.ts'
import type { Need } from './need.ts'
import { resolveAsked, type Grounds } from './resolve-asked.ts'

/** The answer to a question, with what it was computed at. */
export interface Decided {
  readonly decision: boolean
  readonly reasons: readonly string[]
  readonly revision?: string | undefined
  readonly explanation?: object | undefined
  /** What is wrong with this one question of a batch. */
  readonly error?: { readonly status: number; readonly message: string } | undefined
}

const granted = ['granted'] as const
const notGranted = ['not_granted'] as const

/** Decides a question from memory, or says what is missing there. What is unknown is denied. */
export function decideAsked(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Decided | Need {
  const resolution = resolveAsked(grounds, asked, atLeast)
  switch (resolution.kind) {
    case 'need':
      return resolution.need
    case 'unknown':
      return { decision: false, reasons: [resolution.code], revision: revisionOf(resolution.account) }
    case 'known': {
      const { question, account, home } = resolution
      const decision = allows(grounds.view, { ...question, at: grounds.view.at })
      const revision = home ? `${revisionOf(account)}, ${revisionOf(home)}` : revisionOf(account)
      return { decision, reasons: decision ? granted : notGranted, revision }
    }
  }
}

export function revisionOf(account: ReplicatedAccount | undefined): string | undefined {
  return account?.index && `${account.id}:${account.index.revision}`
}
