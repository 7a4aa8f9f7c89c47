import { afterAll, expect, test } from 'vitest'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import { startTestServer, type TestReply } from '@keyholder/testkit/server'

let line: DatabaseProxy | undefined
const server = await startTestServer({
  through: async (url) => {
    line = await DatabaseProxy.open(url)
    return line.url
  },
})
afterAll(() => line?.close())
const path = '/api/v1/accounts/acme/organizations'

async function timed(ask: () => Promise<TestReply>) {
  const startedAt = performance.now()
  const reply = await ask()
  return { reply, took: performance.now() - startedAt }
}

test('while the database is away nothing is answered, quickly, and everything is again when it is back', async () => {
  const ada = server.as('ada')
  expect((await ada.get(path)).status).toBe(200)
  const before = await server.revision('acme')

  line?.set('stalled')
  for (const ask of [
    () => ada.get(path),
    () => ada.post(path, { key: 'lost' }),
    () => server.operator.get(path),
  ]) {
    const { reply, took } = await timed(ask)
    expect(reply.status).toBe(503)
    expect(reply.json()).toMatchObject({ code: 'unavailable' })
    expect(reply.headers['retry-after']).toBe('1')
    expect(took).toBeLessThan(2_000)
  }
  expect((await ada.get('/healthz')).status).toBe(200)
  expect((await ada.get('/readyz')).status).toBe(503)
  expect(await server.revision('acme')).toBe(before)

  line?.set('open')
  const patience = performance.now() + 5_000
  let reply = await ada.get(path)
  while (reply.status !== 200 && performance.now() < patience) reply = await ada.get(path)
  expect(reply.status).toBe(200)
  expect((await ada.get('/readyz')).status).toBe(200)
})
