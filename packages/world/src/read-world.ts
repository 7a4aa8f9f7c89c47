import type { Blueprint } from '@keyholder/core'
import type { WorldFile } from '@keyholder/contract'
import type { PathFault } from './fault.ts'
import { readMoment } from './moment.ts'
import { readAccount } from './read-account.ts'
import { readQuestion } from './read-question.ts'
import type { Reading } from './reading.ts'
import type { World } from './world.ts'

/** Follows every reference of a world file; the world counts only where nothing is wrong. */
export function readWorld(
  file: WorldFile,
  blueprint: Blueprint,
  passedNow: number,
): { readonly world: World; readonly faults: readonly PathFault[] } {
  const faults: PathFault[] = []
  const now = file.now === undefined ? undefined : readMoment(file.now, passedNow)
  if (file.now !== undefined && now === undefined) {
    faults.push({
      path: ['now'],
      part: 'value',
      code: 'wrong_form',
      message: `there is no moment \`${file.now}\``,
    })
  }

  const reading: Reading = {
    blueprint,
    file,
    now: now ?? passedNow,
    homes: homesIn(file),
    emails: new Map(),
    faults,
  }
  const world: World = {
    blueprintName: file.blueprint,
    blueprint,
    ...(now !== undefined && { now }),
    accounts: Object.entries(file.accounts).map(([slug, account]) => readAccount(reading, slug, account)),
    questions: (file.questions ?? []).map((question, index) => readQuestion(reading, index, question)),
  }
  return { world, faults }
}

/** The home of every user: where a key is given in two accounts, the first of them. */
function homesIn(file: WorldFile): ReadonlyMap<string, string> {
  const homes = new Map<string, string>()
  for (const [slug, account] of Object.entries(file.accounts)) {
    for (const key of Object.keys(account.users ?? {})) if (!homes.has(key)) homes.set(key, slug)
  }
  return homes
}
