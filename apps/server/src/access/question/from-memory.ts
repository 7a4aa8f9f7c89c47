import { refuse, succeed, type AccountId, type Result } from '@keyholder/core'
import type { Unready } from '../replica/replica.ts'
import { fetchNeeds, type FetchDeps } from './fetch-needs.ts'
import { Findings } from './findings.ts'
import { needKey, type Need } from './need.ts'
import type { Grounds } from './grounds.ts'

/** What a piece of work found missing in memory. */
export class Needs {
  readonly #needs = new Map<string, Need>()

  get size(): number {
    return this.#needs.size
  }

  add(need: Need): void {
    this.#needs.set(needKey(need), need)
  }

  with(need: Need): this {
    this.add(need)
    return this
  }

  all(): readonly Need[] {
    return [...this.#needs.values()]
  }
}

export interface MemoryDeps extends FetchDeps {
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void
}

/** A slug, an organization, a person, their home, and each account loaded once more because it moved meanwhile. */
const rounds = 12

/**
 * Does a piece of work that only looks into memory, and fetches what it needs until it needs nothing more.
 *
 * Where everything is there already nothing is waited for, and the answer comes back in the same turn.
 */
export function fromMemory<Answer extends object>(
  deps: MemoryDeps,
  own: AccountId | undefined,
  work: (grounds: Grounds) => Answer | Needs,
): Result<Answer, Unready> | Promise<Result<Answer, Unready>> {
  const findings = new Findings()
  const answer = work(groundsNow(deps, findings, own))
  return answer instanceof Needs ? fetchAndRepeat(deps, findings, own, work, answer) : succeed(answer)
}

function groundsNow(
  { replica, memory }: MemoryDeps,
  findings: Findings,
  own: AccountId | undefined,
): Grounds {
  return { view: replica.view(), memory, findings, own }
}

async function fetchAndRepeat<Answer extends object>(
  deps: MemoryDeps,
  findings: Findings,
  own: AccountId | undefined,
  work: (grounds: Grounds) => Answer | Needs,
  missing: Needs,
): Promise<Result<Answer, Unready>> {
  try {
    let needs = missing
    for (let round = 0; round < rounds; round++) {
      const unready = await fetchNeeds(deps, findings, needs.all())
      if (unready) return refuse(unready)
      const answer = work(groundsNow(deps, findings, own))
      if (!(answer instanceof Needs)) return succeed(answer)
      needs = answer
    }
  } catch (error) {
    deps.warn('the names in a question could not be looked up', { error })
  }
  return refuse({ code: 'unavailable' })
}
