import { beforeEach, describe, expect, test } from 'vitest'
import { refuse, succeed, type KeyId } from '@keyholder/core'
import type { Caller } from '../../http/caller.ts'
import { CallerCache } from './caller-cache.ts'

const operator: Caller = { kind: 'operator', key: 'key_1' as KeyId, opens: 'everything' }
const found = () => Promise.resolve(succeed(operator))
const notFound = () => Promise.resolve(refuse({ code: 'key_invalid' as const }))
const away = () => Promise.reject(new Error('the database is away'))

let now: number
let credentials: number
let cache: CallerCache
beforeEach(() => {
  now = 0
  credentials = 0
  const time = { monotonic: () => now, wall: () => now }
  cache = new CallerCache(time, () => credentials, { sureFor: 1_000, deafAfter: 5_000, keys: 2 })
})

describe('a key that was looked up', () => {
  test('is known for a second, and then looked up again', async () => {
    expect(cache.recall('Bearer a')).toBeUndefined()
    await cache.check('Bearer a', found)
    now = 999
    expect(cache.recall('Bearer a')).toBe(operator)
    now = 1_000
    expect(cache.recall('Bearer a')).toBeUndefined()
  })

  test('is looked up again as soon as anything happened to a key', async () => {
    await cache.check('Bearer a', found)
    credentials++
    expect(cache.recall('Bearer a')).toBeUndefined()
  })

  test('is not kept where something happened to a key while it was looked up', async () => {
    await cache.check('Bearer a', () => {
      credentials++
      return found()
    })
    expect(cache.recall('Bearer a')).toBeUndefined()
  })

  test('is forgotten when it is found to be valid no more', async () => {
    await cache.check('Bearer a', found)
    now = 1_000
    await cache.check('Bearer a', notFound)
    now = 1_001
    await expect(cache.check('Bearer a', away)).rejects.toThrow('away')
  })

  test('goes when there are too many, and is looked up again', async () => {
    for (const key of ['a', 'b', 'c']) await cache.check(`Bearer ${key}`, found)
    expect(cache.recall('Bearer a')).toBeUndefined()
    expect(cache.recall('Bearer c')).toBe(operator)
  })
})

describe('a key that is in use', () => {
  test('is due to be looked up again after half of the time that it is known, once', async () => {
    expect(cache.isDue('Bearer a')).toBe(false)
    await cache.check('Bearer a', found)
    now = 499
    expect(cache.isDue('Bearer a')).toBe(false)
    now = 500
    expect(cache.isDue('Bearer a')).toBe(true)

    const renewal = cache.check('Bearer a', found)
    expect(cache.isDue('Bearer a')).toBe(false)
    expect(cache.recall('Bearer a')).toBe(operator)
    await renewal
    now = 1_499
    expect(cache.recall('Bearer a')).toBe(operator)
  })

  test('is forgotten by a renewal that finds it valid no more', async () => {
    await cache.check('Bearer a', found)
    now = 500
    await cache.check('Bearer a', notFound)
    expect(cache.recall('Bearer a')).toBeUndefined()
  })

  test('is left alone for a while where the database does not answer', async () => {
    await cache.check('Bearer a', found)
    now = 500
    await cache.check('Bearer a', away)
    expect(cache.isDue('Bearer a')).toBe(false)
    now = 1_500
    expect(cache.isDue('Bearer a')).toBe(true)
  })
})

describe('while the database does not answer', () => {
  test('a key that was known is let in until five seconds after it was last looked up', async () => {
    await cache.check('Bearer a', found)
    now = 1_500
    expect(await cache.check('Bearer a', away)).toEqual(succeed(operator))
    expect(cache.recall('Bearer a')).toBe(operator)
    now = 4_999
    expect(await cache.check('Bearer a', away)).toEqual(succeed(operator))
    now = 5_000
    expect(cache.recall('Bearer a')).toBeUndefined()
    await expect(cache.check('Bearer a', away)).rejects.toThrow('away')
  })

  test('a key is let in no more once something was heard of keys', async () => {
    await cache.check('Bearer a', found)
    credentials++
    await expect(cache.check('Bearer a', away)).rejects.toThrow('away')
  })

  test('an unknown key is not let in', async () => {
    await expect(cache.check('Bearer a', away)).rejects.toThrow('away')
  })
})

describe('of many requests with one key at the same time', () => {
  /** Look-ups under way, to be answered one by one. */
  function lookUps() {
    const answers: ((answer: Awaited<ReturnType<typeof found | typeof notFound>>) => void)[] = []
    const lookUp = () =>
      new Promise<Awaited<ReturnType<typeof found | typeof notFound>>>((resolve) => answers.push(resolve))
    return { answers, lookUp }
  }

  test('one looks it up, and all are let in', async () => {
    const { answers, lookUp } = lookUps()
    const requests = Array.from({ length: 5 }, () => cache.check('Bearer a', lookUp))
    answers[0]?.(succeed(operator))

    expect(await Promise.all(requests)).toEqual(requests.map(() => succeed(operator)))
    expect(answers).toHaveLength(1)
  })

  test('each is told itself why it is not let in', async () => {
    const { answers, lookUp } = lookUps()
    const first = cache.check('Bearer a', lookUp)
    const second = cache.check('Bearer a', notFound)
    answers[0]?.(refuse({ code: 'key_invalid' }))

    expect(await first).toMatchObject({ ok: false })
    expect(await second).toMatchObject({ ok: false })
  })

  test.each([
    { why: 'something happened to a key meanwhile', meanwhile: () => void credentials++ },
    { why: 'the look-up was begun a second ago', meanwhile: () => void (now += 1_000) },
  ])('a later one looks it up itself where $why', async ({ meanwhile }) => {
    const { answers, lookUp } = lookUps()
    const first = cache.check('Bearer a', lookUp)
    meanwhile()
    const later = cache.check('Bearer a', lookUp)
    expect(answers).toHaveLength(2)
    answers[1]?.(refuse({ code: 'key_invalid' }))
    answers[0]?.(succeed(operator))

    expect(await first).toMatchObject({ ok: true })
    expect(await later).toMatchObject({ ok: false })
  })
})
