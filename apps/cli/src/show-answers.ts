import { isAsExpected, placeOf, type Answer } from './answer.ts'
import { exitStatus, type ExitStatus } from './exit-status.ts'
import { table } from './table.ts'

/** One line of JSON an answer: `{"who","may","in","allowed","because"}`. */
export function answersAsJson(answers: readonly Answer[]): string {
  return answers
    .map(({ question, allowed, because }) =>
      JSON.stringify({ who: question.who, may: question.may, in: placeOf(question), allowed, because }),
    )
    .map((line) => `${line}\n`)
    .join('')
}

/** A table, and below it what is not as it was expected. */
export function answersAsText(answers: readonly Answer[]): string {
  const rows = answers.map((answer) => {
    const { question, allowed, because } = answer
    const owner = question.owner === undefined ? '' : ` (owner ${question.owner})`
    const place = `${placeOf(question)}${owner}`
    return [mark(answer), question.who, question.may, place, allowed ? 'yes' : 'no', because[0] ?? '']
  })
  return `${table([['', 'who', 'may', 'in', 'allowed', 'because'], ...rows])}\n${summary(answers)}\n`
}

/** 1 where an answer is not as it was expected. */
export function statusOf(answers: readonly Answer[]): ExitStatus {
  return answers.every(isAsExpected) ? exitStatus.done : exitStatus.failed
}

function mark(answer: Answer): string {
  if (answer.expected === undefined) return ' '
  return isAsExpected(answer) ? '✓' : '✗'
}

function summary(answers: readonly Answer[]): string {
  const wrong = answers.filter((answer) => !isAsExpected(answer))
  const told = wrong.map(({ question, expected }) => {
    const { who, may, why } = question
    const verdict = expected ? 'should be allowed' : 'should be refused'
    return `✗ ${who} may ${may} in ${placeOf(question)}: ${verdict}${why === undefined ? '' : `, because ${why}`}\n`
  })
  const count = `${answers.length} ${answers.length === 1 ? 'question' : 'questions'}`
  return `${told.join('')}${count}, ${wrong.length === 0 ? 'all answered as expected' : `${wrong.length} not as expected`}`
}
