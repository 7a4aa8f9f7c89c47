import type { ReplicaLimits } from './replica.ts'

/** What a node runs with unless it is told otherwise; `deafAfter` is a promise of the product. */
export const usualLimits: ReplicaLimits = {
  deafAfter: 5_000,
  confirmEvery: 1_000,
  answerWithin: 900,
  loadWithin: 30_000,
  loadsAtOnce: 4,
  bytes: 1_000_000_000,
}
