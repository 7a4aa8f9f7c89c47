import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryQuestion, arbitraryWorld, everybody } from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { directoryOf } from './directory-of.ts'
import { modelAllows } from './model.ts'
import { searchActions, searchOrganizations, searchSubjects } from './search.ts'

const questions = fc.array(arbitraryQuestion(), { minLength: 3, maxLength: 3 })

describe('law 8: search agrees with check', () => {
  test('about who', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), questions, (facts, asked) => {
        const directory = directoryOf(facts)
        for (const question of asked) {
          const allowed = everybody.filter((user) => modelAllows(facts, { ...question, user }))
          expect(searchSubjects(directory, question)).toEqual(allowed.toSorted())
        }
      }),
      cases(),
    )
  })

  test('about where', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), questions, (facts, asked) => {
        const directory = directoryOf(facts)
        for (const question of asked) {
          const { organizations } = facts.accounts.get(question.account)!
          const allowed = organizations.filter((organization) =>
            modelAllows(facts, { ...question, organization }),
          )
          expect(searchOrganizations(directory, question)).toEqual(allowed.toSorted())
        }
      }),
      cases(),
    )
  })

  test('about what', patience, () => {
    fc.assert(
      fc.property(arbitraryWorld(), questions, (facts, asked) => {
        const directory = directoryOf(facts)
        for (const question of asked) {
          const keys = facts.blueprint.permissions.map(({ key }) => key)
          const allowed = keys.filter((permission) => modelAllows(facts, { ...question, permission }))
          expect(searchActions(directory, question)).toEqual(allowed)
        }
      }),
      cases(),
    )
  })
})
