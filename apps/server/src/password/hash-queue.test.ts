import { normalisePassword, type Password } from '@keyholder/core'
import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { BoundedQueue } from './bounded-queue.ts'
import { HashQueue, needsRehash } from './hash-queue.ts'

function password(typed: string): Password {
  const normalised = normalisePassword(typed)
  if (normalised === undefined) throw new Error(`\`${typed}\` cannot be a password`)
  return normalised
}

async function hashed(queue: HashQueue, typed: string): Promise<string> {
  const result = await queue.hash(password(typed))
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

describe('a hashed password', () => {
  const queue = new HashQueue()

  test('is an argon2id hash of the stated cost, and never twice the same', async () => {
    const first = await hashed(queue, 'a quiet walk by the river')
    const second = await hashed(queue, 'a quiet walk by the river')

    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(second).not.toBe(first)
  })

  test('is opened by its password and by no other', async () => {
    const stored = await hashed(queue, 'a quiet walk by the river')

    expect(await queue.verify(stored, password('a quiet walk by the river'))).toEqual({
      ok: true,
      value: true,
    })
    expect(await queue.verify(stored, password('A quiet walk by the river'))).toEqual({
      ok: true,
      value: false,
    })
    expect(await queue.verify(stored, undefined)).toEqual({ ok: true, value: false })
  })

  test('is told apart behind a NUL and behind 72 bytes', async () => {
    const long = 'ü'.repeat(100)
    const stored = await hashed(queue, `${long}\0one`)

    expect(await queue.verify(stored, password(`${long}\0one`))).toEqual({ ok: true, value: true })
    expect(await queue.verify(stored, password(`${long}\0two`))).toEqual({ ok: true, value: false })
    expect(await queue.verify(stored, password(long))).toEqual({ ok: true, value: false })
  })

  test('is made anew where it was made at another cost', async () => {
    expect(needsRehash(await hashed(queue, 'a quiet walk by the river'))).toBe(false)
    expect(needsRehash(await hash('x', { memoryCost: 8_192, timeCost: 2, parallelism: 1 }))).toBe(true)
    expect(needsRehash(await hash('x', { memoryCost: 19_456, timeCost: 1, parallelism: 1 }))).toBe(true)
    expect(
      needsRehash(await hash('x', { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 1 })),
    ).toBe(true)
  })
})

test('nobody is let in for a password of nobody, and it is hashed all the same', async () => {
  let ran = 0
  class Counted extends BoundedQueue {
    override run<Value>(job: () => Promise<Value>) {
      ran += 1
      return super.run(job)
    }
  }
  const queue = new HashQueue(new Counted({ running: 1, waiting: 1 }))

  expect(await queue.verify(undefined, password('nobody'))).toEqual({ ok: true, value: false })
  expect(await queue.verify(undefined, undefined)).toEqual({ ok: true, value: false })
  expect(ran).toBe(2)
})

test('a flood of passwords is refused beyond those that can wait', async () => {
  const queue = new HashQueue()
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => queue.verify(undefined, password('guess'))),
  )

  expect(answers.filter((answer) => !answer.ok)).toHaveLength(48)
})
