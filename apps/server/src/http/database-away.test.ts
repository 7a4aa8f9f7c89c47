import { afterAll, expect, test } from 'vitest'
import { DatabaseProxy } from '@keyholder/testkit/database-proxy'
import { startTestServer } from '@keyholder/testkit/server'

let line: DatabaseProxy | undefined
const server = await startTestServer({
  through: async (url) => {
    line = await DatabaseProxy.open(url)
    return line.url
  },
})
afterAll(() => line?.close())
const path = '/api/v1/accounts/acme/organizations'

test('while the database is away nothing is answered, and everything is again when it is back', async () => {
  const ada = server.as('ada')
  await expect.poll(async () => (await ada.get(path)).status).toBe(200)
  const before = await server.revision('acme')

  line?.set('stalled')
  for (const ask of [
    () => ada.get(path),
    () => ada.post(path, { key: 'lost' }),
    () => server.operator.get(path),
  ]) {
    const reply = await ask()
    expect(reply.status).toBe(503)
    expect(reply.json()).toMatchObject({ code: 'unavailable' })
    expect(reply.headers['retry-after']).toBe('1')
  }
  expect((await ada.get('/healthz')).status).toBe(200)
  expect((await ada.get('/readyz')).status).toBe(503)
  expect(await server.revision('acme')).toBe(before)

  line?.set('open')
  await expect.poll(async () => (await ada.get(path)).status).toBe(200)
  await expect.poll(async () => (await ada.get('/readyz')).status).toBe(200)
})
