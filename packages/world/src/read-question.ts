import { unknownName, type WorldFile } from '@keyholder/contract'
import type { Path } from './fault.ts'
import { fault, refer, type Reading } from './reading.ts'
import type { WorldQuestion } from './world.ts'

type QuestionInFile = NonNullable<WorldFile['questions']>[number]

export function readQuestion(reading: Reading, index: number, question: QuestionInFile): WorldQuestion {
  const path = ['questions', index]
  const { who, may, owner, expect, why } = question
  refer(reading, [...path, 'who'], 'user', who, reading.homes)
  if (owner !== undefined) refer(reading, [...path, 'owner'], 'user', owner, reading.homes)
  refer(reading, [...path, 'may'], 'permission', may, reading.blueprint.permission)
  return {
    who,
    may,
    ...readPlace(reading, [...path, 'in'], question.in),
    ...(owner !== undefined && { owner }),
    ...(expect !== undefined && { expect }),
    ...(why !== undefined && { why }),
  }
}

/** Reads `account/organization`, or `account` alone. */
function readPlace(
  reading: Reading,
  path: Path,
  text: string,
): { readonly account: string; readonly organization?: string } {
  const { accounts } = reading.file
  const slash = text.indexOf('/')
  const account = slash < 0 ? text : text.slice(0, slash)
  if (!Object.hasOwn(accounts, account)) {
    fault(reading, path, 'unknown_name', unknownName('account', account, Object.keys(accounts)))
    return { account }
  }
  if (slash < 0) return { account }

  const organization = text.slice(slash + 1)
  const organizations = new Set(Object.keys(accounts[account]?.organizations ?? {}))
  refer(reading, path, `organization of \`${account}\``, organization, organizations)
  return { account, organization }
}
