import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { isContent, slotsOf } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { slots } from './slot.ts'

describe.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
  'the endpoint %s',
  (_, endpoint) => {
    test('has only slots that are described', () => {
      expect(slotsOf(endpoint.path).filter((slot) => !Object.hasOwn(slots, slot))).toEqual([])
    })

    test('names the account that its permission is about', () => {
      const { access, path } = endpoint
      const isAboutAnAccount = typeof access !== 'string' || access === 'anyone_with_access'
      expect(!isAboutAnAccount || slotsOf(path).includes('account')).toBe(true)
    })

    test('refuses fields that it does not know, unless it passes them on', () => {
      for (const schema of [endpoint.query, endpoint.body]) {
        if (!(schema instanceof z.ZodObject) || schema.def.catchall instanceof z.ZodUnknown) continue
        expect(schema.safeParse({ 'no-such-field': 1 }).error?.issues).toContainEqual(
          expect.objectContaining({ code: 'unrecognized_keys' }),
        )
      }
    })

    test('answers well', () => {
      expect(Object.keys(endpoint.answers)).not.toEqual([])
      for (const [status, body] of Object.entries(endpoint.answers)) {
        if (status === '204') expect(body).toBeInstanceOf(z.ZodUndefined)
        if (isContent(body)) expect(body.contentTypes).not.toEqual([])
      }
    })
  },
)

test('no two endpoints have the same id, or the same method and path', () => {
  expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length)
  expect(new Set(endpoints.map(({ method, path }) => `${method} ${path}`)).size).toBe(endpoints.length)
})
