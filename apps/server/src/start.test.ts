import { request as send } from 'node:http'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { testDatabase } from '@keyholder/testkit/database'
import { readConfig } from './config.ts'
import { startServer } from './start.ts'

const database = await testDatabase()
const log = pino({ level: 'silent' })

function config() {
  const read = readConfig({ DATABASE_URL: database.url, PORT: '0' })
  if (!read.ok) throw new Error(read.refusal.sentence)
  return read.value
}

describe('a node', () => {
  test('is alive and ready once it has started, and shows what runs', async () => {
    const running = await startServer(config(), { log })
    try {
      const [health, ready, page] = await Promise.all(
        ['/healthz', '/readyz', '/'].map((path) => fetch(`${running.url}${path}`)),
      )
      expect([health?.status, ready?.status, page?.status]).toEqual([200, 200, 200])
      expect(await page?.text()).toContain('Network inventory')
    } finally {
      await running.close()
    }
  })

  test('starts again on the blueprint that its database was made with', async () => {
    const first = await startServer(config(), { log })
    await first.close()
    const second = await startServer(config(), { log })
    await second.close()

    expect(second.blueprint.name).toBe(first.blueprint.name)
  })

  test('finishes a request that was under way when it was told to stop', async () => {
    const running = await startServer(config(), { log })
    const request = send(`${running.url}/healthz`, { method: 'GET', headers: { connection: 'keep-alive' } })
    request.flushHeaders()
    await once(request, 'socket')
    const answered = once(request, 'response') as Promise<[{ statusCode: number }]>

    const closed = running.close()
    request.end()
    const [{ statusCode }] = await answered
    await closed

    expect(statusCode).toBe(200)
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow()
  })

  test('says that it is going before it stops to answer', async () => {
    const running = await startServer({ ...config(), drainDelay: 300 }, { log })
    const closed = running.close()
    const [health, ready] = await Promise.all(
      ['/healthz', '/readyz'].map(async (path) => (await fetch(`${running.url}${path}`)).status),
    )
    await closed

    expect([health, ready]).toEqual([200, 503])
  })
})
