import { pino } from 'pino'
import { expect, test } from 'vitest'
import { AfterAnswer } from './after-answer.ts'

test('what an answer does not wait for is done all the same, and told of where it fails', async () => {
  const lines: string[] = []
  const after = new AfterAnswer(pino({}, { write: (line: string) => void lines.push(line) }))
  const done: string[] = []
  after.run('the first', async () => {
    await Promise.resolve()
    done.push('first')
  })
  after.run('the second', async () => {
    throw new Error('no mail today')
  })
  expect(done).toEqual([])
  await after.settled()

  expect(done).toEqual(['first'])
  expect(lines.join()).toContain('the second failed')
})

test('a flood of it is bounded', async () => {
  const lines: string[] = []
  const after = new AfterAnswer(pino({}, { write: (line: string) => void lines.push(line) }))
  let done = 0
  for (let one = 0; one < 500; one += 1) {
    after.run('one of many', async () => {
      await Promise.resolve()
      done += 1
    })
  }
  await after.settled()

  expect(done).toBe(202)
  expect(lines).toHaveLength(298)
})
