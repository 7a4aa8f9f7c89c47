import type { z } from 'zod'
import type { EvaluationRequest, Semantic } from '@keyholder/contract'
import type { AccountId, Blueprint, Result } from '@keyholder/core'
import { readAsked } from '../question/asked.ts'
import { readAtLeast } from '../question/at-least.ts'
import { decideAsked, explainAsked, type Decided } from '../question/decide-asked.ts'
import { fromMemory, Needs, type MemoryDeps } from '../question/from-memory.ts'
import type { Grounds } from '../question/grounds.ts'
import type { Need } from '../question/need.ts'
import type { Sight } from '../question/within-sight.ts'
import type { Unready } from '../replica/replica.ts'
import { MalformedQuestion } from './malformed-question.ts'

export type Evaluation = z.output<typeof EvaluationRequest>
export type MayWait<Value> = Value | Promise<Value>

export interface DecisionDeps extends MemoryDeps {
  readonly blueprint: Blueprint
}

/** Answers one question; without waiting where everything is in memory. */
export function evaluateOne(
  deps: DecisionDeps,
  own: AccountId | undefined,
  body: Evaluation,
): MayWait<Result<Decided, Unready>> {
  return fromMemory(deps, own, (grounds) => {
    const decided = decide(deps, grounds, body)
    return 'kind' in decided ? new Needs().with(decided) : decided
  })
}

/** Answers a batch in the order in which it was asked, as far as its semantic demands. */
export function evaluateBatch(
  deps: DecisionDeps,
  own: AccountId | undefined,
  batch: readonly (Evaluation | MalformedQuestion)[],
  semantic: Semantic,
): MayWait<Result<readonly Decided[], Unready>> {
  return fromMemory(deps, own, (grounds) => {
    const needs = new Needs()
    const answers: Decided[] = []
    for (const one of batch) {
      const decided = one instanceof MalformedQuestion ? one.answer() : decide(deps, grounds, one)
      if ('kind' in decided) needs.add(decided)
      else if (needs.size === 0) {
        answers.push(decided)
        if (settles(semantic, decided.decision)) break
      }
    }
    return needs.size > 0 ? needs : answers
  })
}

function decide({ blueprint }: DecisionDeps, grounds: Grounds, body: Evaluation): Decided | Need {
  const asked = readAsked(blueprint, body)
  if (body.context === undefined) return decideAsked(grounds, asked)

  const { at_least: revisions, explain } = body.context
  const atLeast = revisions === undefined ? undefined : readAtLeast(revisions)
  return explain === true
    ? explainAsked(grounds, asked, atLeast, sightOf(grounds))
    : decideAsked(grounds, asked, atLeast)
}

/** An account's key sees all of its own account, and a deployment key everything. */
function sightOf({ own }: Grounds): Sight | undefined {
  return own === undefined ? undefined : { account: own, sees: () => true }
}

function settles(semantic: Semantic, decision: boolean): boolean {
  return semantic === (decision ? 'permit_on_first_permit' : 'deny_on_first_deny')
}
