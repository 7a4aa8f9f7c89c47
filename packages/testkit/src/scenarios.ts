import { readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Facts, Question } from '@keyholder/core'
import {
  factsOfWorld,
  faultLine,
  loadWorldFile,
  questionOfWorld,
  type World,
  type WorldQuestion,
} from '@keyholder/world'

/** A world of `scenarios/`, whose questions say what answer a rule of the product demands. */
export interface Scenario {
  /** The folder: the name of the blueprint. */
  readonly blueprint: string
  /** From the root of the repository: `scenarios/documentation/lite.yaml`. */
  readonly file: string
  readonly world: World
  readonly facts: Facts
  readonly questions: readonly ScenarioQuestion[]
}

export interface ScenarioQuestion {
  /** `dana may document.edit in contoso/milan`, for the names of tests. */
  readonly title: string
  readonly asked: WorldQuestion
  readonly question: Question
  readonly expected: boolean
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Reads every world under `scenarios/`, asked at this moment where it sets none of its own; throws where one is wrong, or does not say what it expects. */
export function loadScenarios({ now }: { readonly now: number }): readonly Scenario[] {
  return readdirSync(`${root}scenarios`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => loadScenario(`${root}scenarios/${name}`, now))
}

function loadScenario(path: string, now: number): Scenario {
  const world = loadWorldFile(path, { now })
  if (!world.ok) throw new Error(world.refusal.map(faultLine).join('\n'))

  const file = relative(root, path)
  return {
    blueprint: file.split('/')[1] ?? '',
    file,
    world: world.value,
    facts: factsOfWorld(world.value),
    questions: world.value.questions.map((asked) => scenarioQuestion(world.value, asked, { file, now })),
  }
}

function scenarioQuestion(
  world: World,
  asked: WorldQuestion,
  { file, now }: { readonly file: string; readonly now: number },
): ScenarioQuestion {
  const { who, may, account, organization, owner, expect } = asked
  const place = organization === undefined ? account : `${account}/${organization}`
  const title = `${who} may ${may} in ${place}${owner === undefined ? '' : ` of ${owner}`}`
  if (expect === undefined) throw new Error(`${file}: "${title}" does not say what it expects`)
  return { title, asked, question: questionOfWorld(world, asked, now), expected: expect }
}
