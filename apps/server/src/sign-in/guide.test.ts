import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { publicUrl, startTestServer, testClient, testPassword } from '@keyholder/testkit/server'
import { loadWorldFile } from '@keyholder/world'

const guide = readFileSync(new URL('../../../../docs/guides/sign-in.md', import.meta.url), 'utf8')
const demo = loadWorldFile(fileURLToPath(new URL('../../../cli/src/demo/demo.world.yaml', import.meta.url)), {
  now: Date.now(),
})
if (!demo.ok) throw new Error('the demo world cannot be read')
const server = await startTestServer({ world: demo.value })

const calls = [...guide.matchAll(/^curl ((?:-[bc] jar )+)"\$BASE([^"]+)"((?:.|\\\n|\n(?!```))*)/gm)].map(
  ([, jar = '', path = '', rest = '']) => ({
    path,
    sends: jar.includes('-b'),
    keeps: jar.includes('-c'),
    body: /-d '([^']+)'/.exec(rest)?.[1]?.replace('$PASSWORD', testPassword),
  }),
)

test('the guide’s calls, one after the other, do what it says', async () => {
  await server.signIn('helena')
  let cookie = ''
  const statuses: number[] = []
  for (const { path, sends, keeps, body } of calls) {
    const client = testClient(server.app, { origin: publicUrl, ...(sends && { cookie }) })
    const reply = body === undefined ? await client.get(path) : await client.post(path, JSON.parse(body))
    if (keeps) cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
    statuses.push(reply.status)
  }

  expect(statuses.length).toBeGreaterThanOrEqual(5)
  expect(new Set(statuses)).toEqual(new Set([200]))
})
