import type { Directory } from '@keyholder/core'
import type { Assignments } from '../world/assignments.ts'
import type { GeneratedWorld } from '../world/generate-world.ts'
import type { Asked } from '../world/questions.ts'

export interface Subject {
  readonly world: GeneratedWorld
  readonly directory: Directory
  readonly assignments: Assignments
}

/** One engine that answers the same questions. */
export interface Contender {
  readonly name: string
  readonly version: string
  /** Builds whatever it builds beforehand, and returns how it answers. */
  prepare(subject: Subject, questions: readonly Asked[]): Promise<Answering> | Answering
}

/** Answers the question of this number. */
export type Answering = (question: number) => boolean
