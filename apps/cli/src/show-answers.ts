import { isAsExpected, placeOf, type Answer } from './answer.ts'
import { exitStatus, type ExitStatus } from './exit-status.ts'
import { table } from './table.ts'

/** One line of JSON an answer: `{"who","may","in","allowed","because"}`, and the explanation where there is one. */
export function answersAsJson(answers: readonly Answer[]): string {
  return answers
    .map(({ question, allowed, because, explanation }) =>
      JSON.stringify({
        who: question.who,
        may: question.may,
        in: placeOf(question),
        allowed,
        because,
        ...explanation,
      }),
    )
    .map((line) => `${line}\n`)
    .join('')
}

/** The answers one below the other, explained where they are, and what is not as it was expected. */
export function answersAsText(answers: readonly Answer[]): string {
  const isExplained = answers.some(({ explanation }) => explanation)
  const shown = isExplained ? answers.map(explained).join('\n') : asTable(answers)
  return `${shown}\n${summary(answers)}\n`
}

/** 1 where an answer is not as it was expected. */
export function statusOf(answers: readonly Answer[]): ExitStatus {
  return answers.every(isAsExpected) ? exitStatus.done : exitStatus.failed
}

function asTable(answers: readonly Answer[]): string {
  const rows = answers.map((answer) => {
    const { who, may, owner } = answer.question
    const place = `${placeOf(answer.question)}${owner === undefined ? '' : ` (owner ${owner})`}`
    return [
      mark(answer),
      who,
      may,
      place,
      verdict(answer.allowed),
      answer.because[0] ?? 'no grant leads there',
    ]
  })
  return table([['', 'who', 'may', 'in', 'allowed', 'because'], ...rows])
}

function explained(answer: Answer): string {
  const { question, allowed, because, explanation } = answer
  const lines = [
    ...(allowed ? because.map((line) => `because ${line}`) : []),
    // Of a refused question every limit is a near miss too.
    ...(allowed ? (explanation?.limits ?? []).map((line) => `cut down: ${line}`) : []),
    ...(explanation?.near_misses ?? []).map((line) => `came near: ${line}`),
    ...(explanation?.smallest_change ?? []).map((line) => `would turn round: ${line}`),
    ...(question.why === undefined ? [] : [`the rule: ${question.why}`]),
  ]
  return `${mark(answer)} ${sentence(answer)}: ${verdict(allowed)}\n${lines.map((line) => `    ${line}\n`).join('')}`
}

function sentence({ question }: Answer): string {
  const { who, may, owner } = question
  return `${who} may ${may} in ${placeOf(question)}${owner === undefined ? '' : ` (owner ${owner})`}`
}

function verdict(allowed: boolean): string {
  return allowed ? 'yes' : 'no'
}

function mark(answer: Answer): string {
  if (answer.expected === undefined) return ' '
  return isAsExpected(answer) ? '✓' : '✗'
}

function summary(answers: readonly Answer[]): string {
  const wrong = answers.filter((answer) => !isAsExpected(answer))
  const told = wrong.map((answer) => {
    const { why } = answer.question
    const demanded = answer.expected ? 'should be allowed' : 'should be refused'
    return `✗ ${sentence(answer)}: ${demanded}${why === undefined ? '' : `, because ${why}`}\n`
  })
  const count = `${answers.length} ${answers.length === 1 ? 'question' : 'questions'}`
  const outcome = wrong.length === 0 ? 'all answered as expected' : `${wrong.length} not as expected`
  return `${told.join('')}${count}, ${outcome}`
}
