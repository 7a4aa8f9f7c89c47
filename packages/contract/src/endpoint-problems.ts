import { changeProblems } from './change-problems.ts'
import type { Endpoint } from './endpoint.ts'
import { problemsEverywhere, type ProblemCode } from './problem.ts'

const changeCodes = Object.keys(changeProblems) as (keyof typeof changeProblems)[]

/** Every code that an endpoint can answer with: what it declares, and what follows from how it is declared. */
export function problemsOf(endpoint: Endpoint): readonly ProblemCode[] {
  const { access, query, changesAccess, creates, edits } = endpoint
  return [
    ...new Set<ProblemCode>([
      ...problemsEverywhere,
      ...endpoint.problems,
      ...(typeof access === 'string' && access.endsWith('session') ? (['session_required'] as const) : []),
      ...(access === 'deployment' ? (['deployment_only'] as const) : []),
      ...(query && 'cursor' in query.shape ? (['cursor_invalid'] as const) : []),
      ...(creates ? (['request_in_progress', 'idempotency_key_reused'] as const) : []),
      ...(edits ? (['version_required', 'version_outdated'] as const) : []),
      ...(changesAccess ? (['preview_outdated', ...changeCodes] as const) : []),
    ]),
  ]
}
