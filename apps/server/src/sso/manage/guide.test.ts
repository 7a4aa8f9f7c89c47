import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { loadWorldFile } from '@keyholder/world'
import { startProvider } from '../oidc/scripted-provider.fixture.ts'

const guide = readFileSync(new URL('../../../../../docs/guides/single-sign-on.md', import.meta.url), 'utf8')
const demo = loadWorldFile(
  fileURLToPath(new URL('../../../../cli/src/demo/demo.world.yaml', import.meta.url)),
  {
    now: Date.now(),
  },
)
if (!demo.ok) throw new Error('the demo world cannot be read')
const server = await startTestServer({ world: demo.value })
const provider = await startProvider()
afterAll(() => provider.close())

const calls = [...guide.matchAll(/^curl ([^"]*)"\$BASE([^"]+)"((?:.|\\\n|\n(?!```))*)/gm)].map(
  ([, options = '', path = '', rest = '']) => ({
    path,
    isSignedIn: options.includes('-b jar'),
    method: /-X (\w+)/.exec(options)?.[1] ?? 'POST',
    version: /If-Match: ("\d+")/.exec(rest)?.[1],
    body: /-d '([^']+)'/.exec(rest)?.[1],
  }),
)

test('the guide’s calls, one after the other, do what it says', async () => {
  const helena = await server.signIn('helena')
  const known = new Map([['https://idp.example', provider.issuer]])
  const filled = (text: string) => [...known].reduce((so, [name, value]) => so.replaceAll(name, value), text)
  const statuses: number[] = []
  for (const { path, isSignedIn, method, version, body } of calls) {
    const client = isSignedIn ? helena : server.browser
    const sent = body === undefined ? undefined : JSON.parse(filled(body))
    const send = method === 'PUT' ? 'put' : 'post'
    const reply = await client[send](filled(path), sent, version ? { headers: { 'if-match': version } } : {})
    const answer = reply.json()
    if (path.endsWith('/sso-connections')) known.set('$CONNECTION', answer['id'])
    if (answer['record']) server.zone.set(answer['record'].name, [[answer['record'].value]])
    statuses.push(reply.status)
  }

  expect(statuses).toEqual([200, 201, 201, 200, 201, 200, 200, 200, 200])
})
