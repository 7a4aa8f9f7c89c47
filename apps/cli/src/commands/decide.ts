import {
  decide,
  directoryOf,
  explain,
  type AccountId,
  type Directory,
  type Explanation,
  type Limit,
  type NearMiss,
} from '@keyholder/core'
import {
  factsOfWorld,
  loadWorldFile,
  questionOfWorld,
  worldIds,
  type World,
  type WorldQuestion,
} from '@keyholder/world'
import type { Answer } from '../answer.ts'
import { command, UsageError } from '../command.ts'
import { answersAsJson, answersAsText, statusOf } from '../show-answers.ts'
import { tellFaults } from '../tell-faults.ts'
import { changesLine } from '../wording/change-line.ts'
import { namesIn, type NameOf } from '../wording/names-in.ts'
import { obstacleLine } from '../wording/obstacle-line.ts'
import { pathLine } from '../wording/path-line.ts'

export const decideCommand = command({
  positionals: { world: { about: 'The path of a world file' } },
  options: {
    explain: { about: 'Tell every way to an allowed answer, what came near, and what would turn it round' },
    now: {
      value: 'MOMENT',
      about: 'Ask at this moment, such as 2026-11-21T12:00:00Z, and not at that of the file',
    },
    json: { about: 'Print each answer as a line of JSON' },
  },
  run: ({ words, options }) => {
    const now = options.now === undefined ? undefined : momentOf(options.now)
    const world = loadWorldFile(words.world, { now: now ?? Date.now() })
    if (!world.ok) return tellFaults(world.refusal, options)

    const at = now ?? world.value.now ?? Date.now()
    const answers = answersIn(world.value, { at, isExplained: options.explain })
    process.stdout.write(options.json ? answersAsJson(answers) : answersAsText(answers))
    return statusOf(answers)
  },
})

function momentOf(text: string): number {
  const moment = Date.parse(text)
  if (Number.isNaN(moment))
    throw new UsageError(`\`${text}\` is no moment; write it like 2026-11-21T12:00:00Z`)
  return moment
}

interface Asking {
  readonly at: number
  readonly isExplained: boolean
}

/** The answers of the core alone. */
function answersIn(world: World, asking: Asking): readonly Answer[] {
  const directory = directoryOf(factsOfWorld(world))
  const nameOf = namesIn(world)
  return world.questions.map((asked) => answerTo(world, asked, { directory, nameOf, ...asking }))
}

function answerTo(
  world: World,
  asked: WorldQuestion,
  { directory, nameOf, at, isExplained }: Asking & { readonly directory: Directory; readonly nameOf: NameOf },
): Answer {
  const question = { ...questionOfWorld(world, asked, at), at }
  const explanation = isExplained ? explain(directory, question, homeOf(world, asked.who)) : undefined
  const { allowed, because, limits } = explanation ?? decide(directory, question)
  return {
    question: asked,
    allowed,
    because: allowed
      ? because.map((path) => pathLine(path, nameOf))
      : limits.map((limit) => limitLine(limit, nameOf)),
    expected: asked.expect,
    ...(explanation && { explanation: explained(explanation, nameOf) }),
  }
}

function homeOf(world: World, user: string): AccountId | undefined {
  const home = world.accounts.find(({ users }) => users.some(({ key }) => key === user))
  return home && worldIds.account(home.slug)
}

function explained(
  { limits, nearMisses, smallestChange }: Explanation,
  nameOf: NameOf,
): NonNullable<Answer['explanation']> {
  return {
    limits: limits.map((limit) => limitLine(limit, nameOf)),
    near_misses: nearMisses.map((miss) => missLine(miss, nameOf)),
    smallest_change: (smallestChange ?? []).map((one) => changesLine(one, nameOf)),
  }
}

function limitLine({ path, by }: Limit, nameOf: NameOf): string {
  return missLine({ path, obstacles: by }, nameOf)
}

/** A way to the permission, and what stands in it. */
function missLine({ path, obstacles }: NearMiss, nameOf: NameOf): string {
  const reasons = obstacles.map((obstacle) => obstacleLine(obstacle, nameOf))
  return `${pathLine(path, nameOf)}, but ${reasons.join('; ')}`
}
