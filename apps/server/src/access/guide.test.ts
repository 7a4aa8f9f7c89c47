import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startTestServer } from '@keyholder/testkit/server'
import { loadWorldFile } from '@keyholder/world'

const guide = readFileSync(new URL('../../../../docs/guides/decisions.md', import.meta.url), 'utf8')
const demo = loadWorldFile(fileURLToPath(new URL('../../../cli/src/demo/demo.world.yaml', import.meta.url)), {
  now: Date.now(),
})
if (!demo.ok) throw new Error('the demo world cannot be read')
const { operator } = await startTestServer({ world: demo.value })

/** The calls of the guide, each with the answer that the guide shows for it, if it shows one. */
const calls = [
  ...guide.matchAll(
    /```sh\ncurl "\$BASE([^"]+)"[^']*'Content-Type: application\/json' -d '([^']+)'\n```(?:\s+```json\n([^`]+)```)?/g,
  ),
].map(([, path = '', body = '', answer]) => ({
  path,
  body: JSON.parse(body) as object,
  shown: answer === undefined ? {} : (JSON.parse(answer) as object),
}))

test('the guide shows calls', () => {
  expect(calls.length).toBe([...guide.matchAll(/\bcurl /g)].length)
})

test.each(calls.map((call, number) => [number + 1, call.path, call] as const))(
  'call %i of the guide is answered as the guide shows: %s',
  async (_, path, { body, shown }) => {
    const reply = await operator.post(path, body)
    expect(reply.status).toBe(200)
    expect(withoutRevision(reply.json())).toMatchObject(withoutRevision(shown))
  },
)

/** Revisions are what they are; the guide shows their form. */
function withoutRevision(answer: object): object {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'revision' ? undefined : value,
  ) as object
}
