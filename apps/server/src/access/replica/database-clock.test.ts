import { describe, expect, test } from 'vitest'
import { DatabaseClock } from './database-clock.ts'

const noon = Date.UTC(2026, 10, 21, 12)

function clockAt(start: number) {
  const node = { time: start }
  return { node, clock: new DatabaseClock(() => node.time) }
}

describe("the database's clock", () => {
  test('is unknown until the database has been asked', () => {
    expect(clockAt(0).clock.now()).toBeUndefined()
  })

  test('runs on by itself between two readings', () => {
    const { node, clock } = clockAt(100)
    clock.read({ databaseTime: noon, askedAt: 100, answeredAt: 100 })
    node.time = 350

    expect(clock.now()).toBe(noon + 250)
  })

  test.each([-600_000, 0, 600_000])('is the same on a node whose own clock is off by %i ms', (skew) => {
    const { node, clock } = clockAt(5_000 + skew)
    clock.read({ databaseTime: noon, askedAt: 5_000 + skew, answeredAt: 5_002 + skew })
    node.time = 6_001 + skew

    expect(clock.now()).toBe(noon + 1_000)
  })

  test('follows the reading with the shortest round trip', () => {
    const { node, clock } = clockAt(0)
    clock.read({ databaseTime: noon + 1, askedAt: 0, answeredAt: 2 })
    clock.read({ databaseTime: noon + 1_390, askedAt: 1_000, answeredAt: 1_400 })
    node.time = 2_000

    expect(clock.now()).toBe(noon + 2_000)
  })

  test('takes back no time that it has told', () => {
    const { node, clock } = clockAt(0)
    clock.read({ databaseTime: noon + 40, askedAt: 0, answeredAt: 40 })
    node.time = 100
    const told = clock.now() ?? 0
    clock.read({ databaseTime: noon + 101, askedAt: 101, answeredAt: 101 })
    node.time = 102

    expect(clock.now()).toBe(told)
  })

  test('follows a database whose clock was put back', () => {
    const { node, clock } = clockAt(0)
    clock.read({ databaseTime: noon + 3_600_000, askedAt: 0, answeredAt: 0 })
    clock.now()
    clock.read({ databaseTime: noon + 1_000, askedAt: 1_000, answeredAt: 1_000 })
    node.time = 1_500

    expect(clock.now()).toBe(noon + 1_500)
  })
})
