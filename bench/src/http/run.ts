import { printTable } from '../measure/print-table.ts'
import { median } from '../measure/rounds.ts'
import { writeResults } from '../measure/write-results.ts'
import { count, demandRightAnswer, type Counted, type Load, type Target } from './load.ts'
import { startField } from './targets.ts'

const firstPort = 47_410
const rounds = 5
const warmUp: Load = { connections: 64, seconds: 2 }
const measured: Load = { connections: 64, seconds: 3 }

/** Counts requests per second of each server in alternating rounds; every server first gives the right answer. */
export async function runHttp(options: { readonly isTimed: boolean }): Promise<void> {
  const field = await startField(firstPort)
  try {
    for (const target of field.targets) await demandRightAnswer(target)
    console.log('every server gives the right answer')
    if (options.isTimed) await report(field.targets)
  } finally {
    await field.stop()
  }
}

async function report(targets: readonly Target[]): Promise<void> {
  for (const target of targets) await count(target, warmUp)
  const counted = targets.map((target) => ({ target, rounds: [] as Counted[] }))
  for (let round = 0; round < rounds; round++) {
    for (const each of counted) each.rounds.push(await count(each.target, measured))
  }
  const base = perSecond(counted[0]?.rounds ?? [])
  const rows = counted.map(({ target: { name, version, questions }, rounds: all }) => ({
    name,
    version,
    requestsPerSecond: perSecond(all),
    checksPerSecond: perSecond(all) * questions,
    ratio: perSecond(all) / base,
    p50: median(all.map(({ p50 }) => p50)),
    p99: median(all.map(({ p99 }) => p99)),
  }))
  printTable(
    [
      'HTTP, one process, 64 connections',
      'version',
      'requests/s',
      'checks/s',
      'ratio to bare node:http',
      'p50 ms',
      'p99 ms',
    ],
    rows.map((row) => [
      row.name,
      row.version,
      Math.round(row.requestsPerSecond),
      Math.round(row.checksPerSecond),
      row.ratio.toFixed(2),
      row.p50,
      row.p99,
    ]),
  )
  await writeResults('http', { load: measured, rounds, rows })
}

function perSecond(all: readonly Counted[]): number {
  return median(all.map(({ requestsPerSecond }) => requestsPerSecond))
}
