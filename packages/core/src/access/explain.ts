import type { AccountId } from '../id.ts'
import type { AccountIndex } from './account-index.ts'
import { allows, scopeOf } from './allows.ts'
import { decide, decisionOf } from './decide.ts'
import type { AccountChanges, Explanation, NearMiss } from './decision.ts'
import type { Directory } from './directory.ts'
import type { Question } from './facts.ts'
import { ask, findingsFor, type Asked, type Finding } from './findings.ts'
import { pathOf } from './paths.ts'
import { bySize, changesOf, directoryAfter, type Plan } from './plan.ts'
import { homeFor } from './routes.ts'
import { wayToDeny } from './ways-to-deny.ts'
import { waysToAllow } from './ways-to-allow.ts'

/** So many plans are tried: the next ones would have to shrink a lot to be the smallest. */
const looked = 8

/**
 * The decision with everything there is to say about it: what came near, what stood in the way, and the smallest change
 * that turns it round.
 *
 * `home` is the account that the person belongs to, for somebody whom this account does not know yet.
 */
export function explain(directory: Directory, question: Question, home?: AccountId): Explanation {
  const index = directory.account(question.account)
  const permission = directory.blueprint.permission.get(question.permission)
  const scope = index && scopeOf(index, question.organization)
  if (!permission || !index || scope === undefined) {
    const unknown = !permission ? 'permission' : !index ? 'account' : 'organization'
    return { ...decide(directory, question), unknown, nearMisses: [], smallestChange: undefined }
  }

  const asked = ask(permission, scope, question)
  const findings = findingsFor(directory, index, asked, { isOutOfScopeWanted: true })
  const decision = decisionOf(index.rows, findings, asked)
  const known = homeFor(directory, index.rows, question.user)?.id
  return {
    ...decision,
    unknown: known === undefined && index.member(question.user) === undefined ? 'user' : undefined,
    nearMisses: nearMissesOf(index, findings, asked),
    smallestChange: decision.allowed
      ? smallestToDeny(directory, index, findings.filter(isOpen), question)
      : smallestToAllow(directory, index, findings, asked, question, known ?? home),
  }
}

function isOpen({ obstacles }: Finding): boolean {
  return obstacles.length === 0
}

function nearMissesOf({ rows }: AccountIndex, findings: readonly Finding[], asked: Asked): NearMiss[] {
  return findings
    .filter((finding) => !isOpen(finding))
    .toSorted((a, b) => a.obstacles.length - b.obstacles.length)
    .map((finding) => ({ path: pathOf(rows, finding, asked), obstacles: finding.obstacles }))
}

function smallestToDeny(
  directory: Directory,
  index: AccountIndex,
  open: readonly Finding[],
  question: Question,
): readonly AccountChanges[] {
  const isEnough = (plan: Plan) => !allows(directoryAfter(directory, changesOf(plan)), question)
  return changesOf(needed(wayToDeny(directory, index, open, question.user), isEnough))
}

function smallestToAllow(
  directory: Directory,
  index: AccountIndex,
  findings: readonly Finding[],
  asked: Asked,
  question: Question,
  home: AccountId | undefined,
): readonly AccountChanges[] | undefined {
  const isEnough = (plan: Plan) => allows(directoryAfter(directory, changesOf(plan)), question)
  const [smallest] = waysToAllow(directory, index, findings, asked, home)
    .sort(bySize)
    .slice(0, looked)
    .filter(isEnough)
    .map((plan) => needed(plan, isEnough))
    .sort(bySize)
  return smallest && changesOf(smallest)
}

/** What is left of a plan without the steps that others make up for: who joins a group may not need a grant as well. */
function needed(plan: Plan, isEnough: (plan: Plan) => boolean): Plan {
  return plan.reduce<Plan>((kept, step) => {
    const less = kept.filter((other) => other !== step)
    return isEnough(less) ? less : kept
  }, plan)
}
