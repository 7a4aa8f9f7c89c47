/** One thing to be timed: runs its own loop, so that the harness adds nothing to each step. */
export interface Timed {
  readonly name: string
  /** Does it `times` times and returns something that depends on every answer, so that no work can be left out. */
  run(times: number): number
}

export interface Timing {
  readonly name: string
  /** Nanoseconds for one, the median of the rounds. */
  readonly ns: number
}

const rounds = 9
const roundMilliseconds = 60

/** Times several things in alternating rounds, so that a slow moment of the machine meets all of them alike. */
export function timeAlternating(contenders: readonly Timed[]): Timing[] {
  const plans = contenders.map((timed) => ({ timed, times: timesFor(timed), taken: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const { timed, times, taken } of plans) taken.push(nanoseconds(timed, times) / times)
  }
  return plans.map(({ timed, taken }) => ({ name: timed.name, ns: median(taken) }))
}

/** How often something runs in one round; finding out warms it up. */
function timesFor(timed: Timed): number {
  let times = 1
  let taken = nanoseconds(timed, times)
  while (taken < (roundMilliseconds * 1e6) / 4 && times < 1e8) {
    times *= 4
    taken = nanoseconds(timed, times)
  }
  return Math.max(1, Math.round((times * roundMilliseconds * 1e6) / taken))
}

let sink = 0

function nanoseconds(timed: Timed, times: number): number {
  const start = process.hrtime.bigint()
  sink ^= timed.run(times)
  return Number(process.hrtime.bigint() - start)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
