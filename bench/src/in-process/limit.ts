import { allows } from '@keyholder/core'
import { asQuestion } from '../world/questions.ts'
import type { Contender } from './contender.ts'

/** What no engine in JavaScript that takes names can be quicker than: one look-up in a map and a mask. */
export const limit: Contender = {
  name: 'one Map.get and a mask (the limit)',
  version: process.version,
  prepare({ world, directory }, questions) {
    const masks = new Map<string, number>()
    for (const { user, organization, permission } of questions) {
      const is = allows(directory, asQuestion(world, { user, organization, permission }))
      masks.set(`${user} ${organization} ${permission.key}`, is ? 1 : 0)
    }
    const keys = questions.map(
      ({ user, organization, permission }) => `${user} ${organization} ${permission.key}`,
    )
    return (question) => ((masks.get(keys[question] ?? '') ?? 0) & 1) === 1
  },
}
