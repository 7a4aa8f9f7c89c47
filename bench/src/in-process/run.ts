import { directoryOf } from '@keyholder/core'
import { printTable } from '../measure/print-table.ts'
import { timeAlternating, type Timed } from '../measure/rounds.ts'
import { writeResults } from '../measure/write-results.ts'
import { assignmentsOf } from '../world/assignments.ts'
import { benchBlueprint } from '../world/bench-blueprint.ts'
import { generateWorld } from '../world/generate-world.ts'
import { questionsAbout, type Asked } from '../world/questions.ts'
import type { Size } from '../world/size.ts'
import { demandAgreement, truthOf } from './agreement.ts'
import { betterAuth } from './better-auth.ts'
import { casbin } from './casbin.ts'
import { caslByPlace, caslByUser } from './casl.ts'
import { cedar } from './cedar.ts'
import type { Answering, Contender, Subject } from './contender.ts'
import { keyholder, keyholderHandles } from './keyholder.ts'
import { limit } from './limit.ts'

const contenders: readonly Contender[] = [
  limit,
  keyholderHandles,
  keyholder,
  betterAuth,
  caslByPlace,
  caslByUser,
  casbin,
  cedar,
]

const questionCount = 4096
const checkedAgainstModel = 400

/** Times each engine on the same questions, once all of them agree with the slow model. */
export async function runInProcess(size: Size, options: { readonly isTimed: boolean }): Promise<void> {
  const world = generateWorld(benchBlueprint(), size, 1)
  const directory = directoryOf(world.facts)
  const subject: Subject = { world, directory, assignments: assignmentsOf(world, directory) }
  const questions = questionsAbout(world, questionCount, 2)
  const truth = truthOf(world, questions, checkedAgainstModel)
  console.log(
    `${subject.assignments.held.length} assignments; ${truth.filter(Boolean).length} of ${truth.length} allowed`,
  )

  const ready: { readonly contender: Contender; readonly timed: Timed }[] = []
  for (const contender of contenders) {
    const answering = await contender.prepare(subject, questions)
    demandAgreement(contender.name, answering, truth, questions)
    ready.push({ contender, timed: loopOver(contender.name, answering, questions) })
    console.log(`${contender.name} agrees with the slow model`)
  }
  if (!options.isTimed) return

  const timings = timeAlternating(ready.map(({ timed }) => timed))
  const base = timings[0]?.ns ?? Number.NaN
  const rows = timings.map(({ name, ns }, i) => ({
    name,
    version: ready[i]?.contender.version ?? '',
    ns,
    ratio: ns / base,
  }))
  printTable(
    ['per check, in process', 'version', 'ns', 'ratio to the limit'],
    rows.map(({ name, version, ns, ratio }) => [name, version, Math.round(ns), ratio.toFixed(1)]),
  )
  await writeResults('in-process', { size, rows })
}

function loopOver(name: string, answering: Answering, questions: readonly Asked[]): Timed {
  const mask = questions.length - 1
  return {
    name,
    run: (times) => {
      let allowed = 0
      for (let i = 0; i < times; i++) if (answering(i & mask)) allowed++
      return allowed
    },
  }
}
