import {
  allows,
  decide,
  directoryOf,
  modelAllows,
  searchActions,
  searchOrganizations,
  searchSubjects,
  type Directory,
  type Question,
} from '@keyholder/core'
import { describe, expect, test } from 'vitest'
import { loadScenarios } from './scenarios.ts'

const scenarios = loadScenarios({ now: Date.parse('2026-11-21T12:00:00Z') })

test.each(['network-inventory', 'service-desk', 'measurement', 'documentation'])(
  'at least 25 rules of %s are asked',
  (product) => {
    const asked = scenarios
      .filter(({ blueprint }) => blueprint === product)
      .flatMap(({ questions }) => questions)

    expect(asked.length).toBeGreaterThanOrEqual(25)
  },
)

describe.each(scenarios)('$file', ({ blueprint, world, facts, questions }) => {
  const directory = directoryOf(facts)

  test('is about the product of its folder', () => {
    expect(world.blueprintName).toBe(blueprint)
  })

  test.each(questions)('$title: $expected', ({ question, expected }) => {
    expect(modelAllows(facts, question)).toBe(expected)
    expect(allows(directory, question)).toBe(expected)
    expect(decide(directory, question).allowed).toBe(expected)
    expect(found(directory, question)).toEqual(searched(question, expected))
  })
})

/** Whether each search that could find the answer to a question does. */
function found(directory: Directory, question: Question) {
  const { user, permission, organization } = question
  return {
    subject: searchSubjects(directory, question).includes(user),
    action: searchActions(directory, question).includes(permission),
    organization: organization && searchOrganizations(directory, question).includes(organization),
  }
}

function searched({ organization }: Question, expected: boolean) {
  return { subject: expected, action: expected, organization: organization && expected }
}
