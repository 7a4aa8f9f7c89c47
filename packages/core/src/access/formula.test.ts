import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryMoment, arbitraryQuestion, arbitraryWorld } from '../testing/arbitrary-world.ts'
import { cases, patience } from '../testing/cases.ts'
import { expectAgreement } from '../testing/expect-agreement.ts'
import { allows, allowsHandles, resolve } from './allows.ts'
import { decide } from './decide.ts'
import { directoryOf } from './directory-of.ts'
import { modelAllows } from './model.ts'

test('everybody has everywhere, at every moment, what the formula says', patience, () => {
  fc.assert(
    fc.property(arbitraryWorld(), arbitraryMoment, arbitraryMoment, (facts, at, another) => {
      const directory = directoryOf(facts)
      expectAgreement(directory, facts, at)
      expectAgreement(directory, facts, another)
    }),
    cases(2),
  )
})

test('every way of asking gives the answer of the formula', patience, () => {
  const questions = fc.array(arbitraryQuestion(), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(arbitraryWorld(), questions, (facts, asked) => {
      const directory = directoryOf(facts)
      for (const question of asked) {
        const index = directory.account(question.account)!
        const handles = resolve(directory, index, question)

        const answer = modelAllows(facts, question)
        expect(allows(directory, question)).toBe(answer)
        expect(decide(directory, question).allowed).toBe(answer)
        expect(handles !== undefined && allowsHandles(directory, index, handles, question.at)).toBe(answer)
      }
    }),
    cases(2),
  )
})
