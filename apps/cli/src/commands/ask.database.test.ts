import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { loadWorldFile } from '@keyholder/world'
import { runKeyholder } from '../testing/run-keyholder.ts'

const lesserOfTwo = fileURLToPath(
  new URL('../../../../scenarios/documentation/the-lesser-of-two.yaml', import.meta.url),
)
const loaded = loadWorldFile(lesserOfTwo, { now: Date.now() })
if (!loaded.ok) throw new Error('the scenario is right')
const world = loaded.value

const server = await startTestServer({ world })
await server.app.http.listen({ host: '127.0.0.1', port: 0 })
const url = `http://127.0.0.1:${(server.app.http.server.address() as AddressInfo).port}`
const key = server.operatorKey.secret

describe('keyholder ask', () => {
  test('has a running server answer as the world expects', async () => {
    const { status, stdout, stderr } = await runKeyholder([
      'ask',
      lesserOfTwo,
      '--url',
      url,
      '--key',
      key,
      '--json',
    ])

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trim().split('\n')).toHaveLength(world.questions.length)
  })

  test('refuses a key that the server does not know', async () => {
    const { status, stdout, stderr } = await runKeyholder([
      'ask',
      lesserOfTwo,
      '--url',
      url,
      '--key',
      `${key}x`,
    ])

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(`${url} answered 401`)
  })

  test('ends with 1 once access was changed, and tells what is not as the world expects', async () => {
    const rome = '/api/v1/accounts/contoso/organizations/rome'
    const { headers } = await server.operator.get(rome)
    const removed = await server.operator.delete(rome, { headers: { 'if-match': headers['etag'] ?? '' } })
    expect(removed.status).toBeLessThan(300)

    const { status, stdout } = await runKeyholder(['ask', lesserOfTwo, '--url', url], { KEYHOLDER_KEY: key })
    expect(status).toBe(1)
    expect(stdout).toContain(
      '✗ adam may document.edit in contoso/rome: should be allowed, because an administrator',
    )
    expect(stdout).toMatch(/^✓ {2}adam +data\.import +contoso\/rome +no /m)
  })
})
