import { scopeOf } from './allows.ts'
import type { Decision, Limit } from './decision.ts'
import type { Directory } from './directory.ts'
import type { Question } from './facts.ts'
import { ask, findingsFor, type Asked, type Finding } from './findings.ts'
import type { CeilingObstacle, Obstacle } from './obstacle.ts'
import { pathOf } from './paths.ts'
import type { AccountRows } from './rows/account-rows.ts'

/**
 * Whether the person may do that, here, at that moment, and by which grants.
 *
 * Says the same as `allows`, and walks the grants to name them; costs a few microseconds.
 */
export function decide(directory: Directory, question: Question): Decision {
  const index = directory.account(question.account)
  const permission = directory.blueprint.permission.get(question.permission)
  const scope = index && scopeOf(index, question.organization)
  if (!index || !permission || scope === undefined) {
    return { allowed: false, because: [], limits: [], revision: index?.revision }
  }
  const asked = ask(permission, scope, question)
  return decisionOf(index.rows, findingsFor(directory, index, asked, { isOutOfScopeWanted: false }), asked)
}

/** What the findings come to. */
export function decisionOf(rows: AccountRows, findings: readonly Finding[], asked: Asked): Decision {
  const open = findings.filter(({ obstacles }) => obstacles.length === 0)
  return {
    allowed: open.length > 0,
    because: open.map((finding) => pathOf(rows, finding, asked)),
    limits: findings.flatMap((finding) => limitOf(rows, finding, asked)),
    revision: rows.revision,
  }
}

function limitOf(rows: AccountRows, finding: Finding, asked: Asked): Limit[] {
  const by = finding.obstacles.filter(isCeiling)
  const isOnlyCut = by.length > 0 && by.length === finding.obstacles.length
  return isOnlyCut ? [{ path: pathOf(rows, finding, asked), by }] : []
}

function isCeiling(obstacle: Obstacle): obstacle is CeilingObstacle {
  return (
    obstacle.code === 'beyond_maximum' || obstacle.code === 'beyond_standing' || obstacle.code === 'guarded'
  )
}
