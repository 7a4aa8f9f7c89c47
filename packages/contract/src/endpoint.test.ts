import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { isContent, slotsOf, type AnswerBody } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { slots } from './slot.ts'

const named = endpoints.map((endpoint) => [endpoint.id, endpoint] as const)

describe.each(named)('the endpoint %s', (_, endpoint) => {
  const { access, path, query, body } = endpoint

  test('has only slots that are described', () => {
    expect(slotsOf(path).filter((slot) => !Object.hasOwn(slots, slot))).toEqual([])
  })

  test('names the account that its permission is about', () => {
    const isAboutAnAccount = typeof access !== 'string' || access === 'anyone_with_access'
    expect(!isAboutAnAccount || slotsOf(path).includes('account')).toBe(true)
  })

  test('refuses fields that it does not know, unless it passes them on', () => {
    const strict = [query, body].filter(
      (schema) => schema instanceof z.ZodObject && !(schema.def.catchall instanceof z.ZodUnknown),
    )
    for (const schema of strict) {
      expect(schema?.safeParse({ 'no-such-field': 1 }).error?.issues).toContainEqual(
        expect.objectContaining({ code: 'unrecognized_keys' }),
      )
    }
  })

  test('answers well', () => {
    const isEmptyWhereItMustBe = ([status, answer]: [string, AnswerBody]) =>
      status !== '204' || answer instanceof z.ZodUndefined
    const isTyped = ([, answer]: [string, AnswerBody]) => !isContent(answer) || answer.contentTypes.length > 0
    const answers = Object.entries(endpoint.answers)

    expect(answers).not.toEqual([])
    expect(answers.every(isEmptyWhereItMustBe)).toBe(true)
    expect(answers.every(isTyped)).toBe(true)
  })
})

test('no two endpoints have the same id, or the same method and path', () => {
  expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length)
  expect(new Set(endpoints.map(({ method, path }) => `${method} ${path}`)).size).toBe(endpoints.length)
})
