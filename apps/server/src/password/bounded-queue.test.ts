import { describe, expect, test } from 'vitest'
import { BoundedQueue } from './bounded-queue.ts'

/** Jobs that end when they are told to. */
function jobs() {
  const begun: string[] = []
  const ends = new Map<string, { end: () => void; fail: () => void }>()
  return {
    begun,
    job: (name: string) => {
      const ending = new Promise<string>((resolve, reject) => {
        ends.set(name, { end: () => resolve(name), fail: () => reject(new Error(name)) })
      })
      return () => {
        begun.push(name)
        return ending
      }
    },
    end: (name: string) => ends.get(name)?.end(),
    fail: (name: string) => ends.get(name)?.fail(),
  }
}

describe('a bounded queue', () => {
  test('runs two at a time, in the order they came', async () => {
    const queue = new BoundedQueue({ running: 2, waiting: 50 })
    const { begun, job, end } = jobs()
    const answers = ['a', 'b', 'c', 'd'].map((name) => queue.run(job(name)))
    await Promise.resolve()
    expect(begun).toEqual(['a', 'b'])

    end('b')
    expect(await answers[1]).toEqual({ ok: true, value: 'b' })
    expect(begun).toEqual(['a', 'b', 'c'])

    end('a')
    await answers[0]
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    end('c')
    end('d')
    expect(await Promise.all(answers)).toHaveLength(4)
  })

  test('refuses the one that is too many, at once and without beginning it', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 1 })
    const { begun, job, end } = jobs()
    const first = queue.run(job('first'))
    const second = queue.run(job('second'))

    expect(await queue.run(job('third'))).toEqual({ ok: false, refusal: { code: 'too_busy', retryAfter: 1 } })
    end('first')
    await first
    end('second')
    expect(await second).toEqual({ ok: true, value: 'second' })
    expect(begun).toEqual(['first', 'second'])
  })

  test('goes on after a job that fails', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 1 })
    const { job, end, fail } = jobs()
    const broken = queue.run(job('broken'))
    const next = queue.run(job('next'))
    fail('broken')

    await expect(broken).rejects.toThrow('broken')
    end('next')
    expect(await next).toEqual({ ok: true, value: 'next' })
  })

  test('answers everybody who waits when it closes, and lets end what runs', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 2 })
    const { begun, job, end } = jobs()
    const running = queue.run(job('running'))
    const waiting = queue.run(job('waiting'))
    queue.close()

    expect(await waiting).toMatchObject({ ok: false, refusal: { code: 'too_busy' } })
    expect(await queue.run(job('late'))).toMatchObject({ ok: false })
    end('running')
    expect(await running).toEqual({ ok: true, value: 'running' })
    expect(begun).toEqual(['running'])
  })
})
