import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startTestServer, testClient } from '@keyholder/testkit/server'
import { loadWorldFile } from '@keyholder/world'

const guide = ['api', 'mail', 'access-requests']
  .map((name) => readFileSync(new URL(`../../../docs/guides/${name}.md`, import.meta.url), 'utf8'))
  .join('\n')
const demo = loadWorldFile(fileURLToPath(new URL('../../cli/src/demo/demo.world.yaml', import.meta.url)), {
  now: Date.now(),
})
if (!demo.ok) throw new Error('the demo world cannot be read')

const server = await startTestServer({ world: demo.value })
const calls = [...guide.matchAll(/^curl "\$BASE([^"]+)"((?:.|\\\n|\n(?!```))*)/gm)].map(
  ([, path = '', rest = '']) => ({
    path,
    headers: Object.fromEntries(
      [...rest.matchAll(/-H (?:"([^"]+)"|'([^']+)')/g)].map(([, double, single]) => {
        const [name = '', value = ''] = (double ?? single ?? '').split(': ')
        return [name.toLowerCase(), value.replace('$KEY', server.operatorKey.secret)]
      }),
    ),
    body: /-d '([^']+)'/.exec(rest)?.[1],
  }),
)

test('the guides show calls', () => {
  expect(calls.length).toBeGreaterThanOrEqual(6)
})

test.each(calls.map((call) => [call.path, call] as const))(
  'the call that a guide shows works as it is written: %s',
  async (path, { headers, body }) => {
    const client = testClient(server.app, headers)
    const reply = body === undefined ? await client.get(path) : await client.post(path, JSON.parse(body))

    expect(reply.text).not.toContain('"code"')
    expect([200, 201]).toContain(reply.status)
  },
)
