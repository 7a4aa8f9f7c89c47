import { request, type ClientRequest } from 'node:http'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { testDatabase } from '@keyholder/testkit/database'
import { readConfig } from './config.ts'
import { createOperatorKey } from './key/create-operator-key.ts'
import { newId } from './new-id.ts'
import { startServer, type StartOptions } from './start.ts'

const database = await testDatabase()
// On a busy machine the database is slow, and not away.
const usual = { log: pino({ level: 'silent' }), patience: 20_000 }

function config() {
  const read = readConfig({ DATABASE_URL: database.url, PORT: '0' })
  if (!read.ok) throw new Error(read.refusal.sentence)
  return read.value
}

const question = JSON.stringify({
  subject: { type: 'user', id: 'ada' },
  action: { name: 'view' },
  resource: { type: 'asset', id: '7' },
})

/** A key of the deployment, and what makes it before the node's first request. */
function keyInAdvance() {
  const key = { secret: '' }
  const prepare: StartOptions['prepare'] = async (db, blueprint) => {
    const made = await createOperatorKey({ db, blueprint, newId }, { name: 'asking', scopes: ['decisions'] })
    if (!made.ok) throw new Error(made.refusal.code)
    key.secret = made.value.secret
    return {}
  }
  return { key, prepare }
}

/** The head of a question; its body goes only after the node asked for it. */
function beginToAsk(url: string, key: string): ClientRequest {
  const asking = request(`${url}/access/v1/evaluation`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': question.length,
      expect: '100-continue',
    },
  })
  asking.flushHeaders()
  return asking
}

describe('a node', () => {
  test('is alive and ready once it has started, and shows what runs', async () => {
    const running = await startServer(config(), usual)
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
    const first = await startServer(config(), usual)
    await first.close()
    const second = await startServer(config(), usual)
    await second.close()

    expect(second.blueprint.name).toBe(first.blueprint.name)
  })

  test('finishes a request that was under way when it was told to stop', async () => {
    const { key, prepare } = keyInAdvance()
    const running = await startServer(config(), { ...usual, prepare })
    const asking = beginToAsk(running.url, key.secret)
    await once(asking, 'continue') // the node has taken the request in
    const answered = once(asking, 'response') as Promise<[{ statusCode: number }]>

    const closed = running.close()
    asking.end(question)
    const [{ statusCode }] = await answered
    await closed

    expect(statusCode).toBe(200)
    // The port may be another program's by now, to which the key means nothing.
    const late = beginToAsk(running.url, key.secret)
    late.end(question)
    const status = once(late, 'response').then(
      ([answer]) => (answer as { statusCode: number }).statusCode,
      () => 'nobody answers',
    )
    expect(await status).not.toBe(200)
  })

  test('says that it is going before it stops to answer', async () => {
    let drained = () => {}
    const drain = new Promise<void>((resolve) => (drained = resolve))
    const running = await startServer(
      { ...config(), drainDelay: 300 },
      {
        ...usual,
        pause: () => drain,
      },
    )
    const closed = running.close()
    const [health, ready] = await Promise.all(
      ['/healthz', '/readyz'].map(async (path) => (await fetch(`${running.url}${path}`)).status),
    )
    drained()
    await closed

    expect([health, ready]).toEqual([200, 503])
  })
})
