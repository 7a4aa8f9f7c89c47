import { modelAllows } from '@keyholder/core'
import { asQuestion, type Asked } from '../world/questions.ts'
import type { GeneratedWorld } from '../world/generate-world.ts'
import type { Answering } from './contender.ts'

/** Throws where an engine answers one of these questions otherwise than the slow model does. */
export function demandAgreement(
  name: string,
  answering: Answering,
  truth: readonly boolean[],
  questions: readonly Asked[],
): void {
  truth.forEach((expected, i) => {
    if (answering(i) === expected) return
    throw new Error(
      `${name} and the slow model disagree on ${JSON.stringify(questions[i])}: it is ${expected}`,
    )
  })
}

/** What the slow model says to the first questions; it takes its time. */
export function truthOf(world: GeneratedWorld, questions: readonly Asked[], count: number): boolean[] {
  return questions.slice(0, count).map((question) => modelAllows(world.facts, asQuestion(world, question)))
}
