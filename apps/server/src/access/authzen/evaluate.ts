import type { z } from 'zod'
import type { EvaluationRequest, Semantic } from '@keyholder/contract'
import type { Blueprint, OrganizationId, Result } from '@keyholder/core'
import { readAsked } from '../question/asked.ts'
import { readAtLeast } from '../question/at-least.ts'
import { decideAsked, explainAsked, type Decided } from '../question/decide-asked.ts'
import { fromMemory, Needs, type MemoryDeps } from '../question/from-memory.ts'
import type { ConnectionUses } from '../connection-uses.ts'
import type { Grounds } from '../question/grounds.ts'
import type { Need } from '../question/need.ts'
import { resolveAsked } from '../question/resolve-asked.ts'
import type { Sight } from '../question/within-sight.ts'
import type { Unready } from '../replica/replica.ts'
import type { Asker } from './let-in.ts'
import { MalformedQuestion } from './malformed-question.ts'

export type Evaluation = z.output<typeof EvaluationRequest>
export type MayWait<Value> = Value | Promise<Value>

export interface DecisionDeps extends MemoryDeps {
  readonly blueprint: Blueprint
  readonly connectionUses: ConnectionUses
}

/** Answers one question; without waiting where everything is in memory. */
export function evaluateOne(
  deps: DecisionDeps,
  asker: Asker,
  body: Evaluation,
): MayWait<Result<Decided, Unready>> {
  return fromMemory(deps, asker.own, (grounds) => {
    const decided = decideNoting(deps, asker, grounds, body)
    return 'kind' in decided ? new Needs().with(decided) : decided
  })
}

/** Answers a batch in the order in which it was asked, as far as its semantic demands. */
export function evaluateBatch(
  deps: DecisionDeps,
  asker: Asker,
  batch: readonly (Evaluation | MalformedQuestion)[],
  semantic: Semantic,
): MayWait<Result<readonly Decided[], Unready>> {
  return fromMemory(deps, asker.own, (grounds) => {
    const needs = new Needs()
    const answers: Decided[] = []
    for (const one of batch) {
      const decided =
        one instanceof MalformedQuestion ? one.answer() : decideNoting(deps, asker, grounds, one)
      if ('kind' in decided) needs.add(decided)
      else if (needs.size === 0) {
        answers.push(decided)
        if (settles(semantic, decided.decision)) break
      }
    }
    return needs.size > 0 ? needs : answers
  })
}

function decideNoting(deps: DecisionDeps, asker: Asker, grounds: Grounds, body: Evaluation): Decided | Need {
  const decided = decide(deps, asker, grounds, body)
  if ('through' in decided && decided.through) deps.connectionUses.note(decided.through)
  return decided
}

function decide(
  { blueprint }: DecisionDeps,
  asker: Asker,
  grounds: Grounds,
  body: Evaluation,
): Decided | Need {
  const asked = readAsked(blueprint, body)
  if (body.context === undefined) return decideAsked(grounds, asked)

  const { at_least: revisions, explain } = body.context
  const atLeast = revisions === undefined ? undefined : readAtLeast(revisions)
  if (explain !== true) return decideAsked(grounds, asked, atLeast)
  const resolution = resolveAsked(grounds, asked, atLeast)
  // Whoever does not see the grants there is told the decision and its reasons, as if they had not asked why.
  const isSeen = resolution.kind !== 'known' || asker.may('grant.view', resolution.question.organization)
  return isSeen ? explainAsked(grounds, asked, atLeast, sightOf(asker)) : decideAsked(grounds, asked, atLeast)
}

/** An account's key sees the grants of its own account as far as it reaches, and a deployment key everything. */
function sightOf({ own, may }: Asker): Sight | undefined {
  if (own === undefined) return undefined
  return { account: own, sees: (organization: OrganizationId) => may('grant.view', organization) }
}

function settles(semantic: Semantic, decision: boolean): boolean {
  return semantic === (decision ? 'permit_on_first_permit' : 'deny_on_first_deny')
}
