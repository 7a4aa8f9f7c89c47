import { allows } from '@keyholder/core'
import type { Asked } from './asked.ts'
import type { AtLeast } from './at-least.ts'
import type { Need } from './need.ts'
import { granted, whyNot, type Reason } from './reasons.ts'
import { resolveAsked, type Grounds } from './resolve-asked.ts'

/** The answer to a question, with what it was computed at. */
export interface Decided {
  readonly decision: boolean
  readonly reasons: readonly Reason[]
  readonly revision?: string | undefined
  readonly explanation?: object | undefined
  /** What is wrong with this one question of a batch. */
  readonly error?: { readonly status: number; readonly message: string } | undefined
}

/** Decides a question from memory, or says what is missing there. What is unknown is denied. */
export function decideAsked(grounds: Grounds, asked: Asked, atLeast?: AtLeast): Decided | Need {
  const resolution = resolveAsked(grounds, asked, atLeast)
  if (resolution.kind === 'need') return resolution.need
  if (resolution.kind === 'unknown') {
    return { decision: false, reasons: [resolution.code], revision: resolution.account?.revision }
  }
  const { question, account, home } = resolution
  const decision = allows(grounds.view, question)
  return {
    decision,
    reasons: decision ? granted : whyNot(grounds.view, question, account, home),
    revision: home ? `${account.revision}, ${home.revision}` : account.revision,
  }
}
