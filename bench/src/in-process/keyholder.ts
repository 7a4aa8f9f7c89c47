import { allows, allowsHandles, resolve } from '@keyholder/core'
import { now } from '../world/generate-world.ts'
import { asQuestion } from '../world/questions.ts'
import type { Contender } from './contender.ts'

const version = '0.1.0'

export const keyholder: Contender = {
  name: 'Keyholder, string ids',
  version,
  prepare({ world, directory }, questions) {
    const asked = questions.map((question) => asQuestion(world, question))
    return (question) => {
      const each = asked[question]
      return each !== undefined && allows(directory, each)
    }
  },
}

export const keyholderHandles: Contender = {
  name: 'Keyholder, handles resolved before',
  version,
  prepare({ world, directory }, questions) {
    const index = directory.account(world.host)
    if (!index) throw new Error('the host account is in the directory')
    const handles = questions.map((question) => resolve(directory, index, asQuestion(world, question)))
    return (question) => {
      const each = handles[question]
      return each !== undefined && allowsHandles(directory, index, each, now)
    }
  },
}
